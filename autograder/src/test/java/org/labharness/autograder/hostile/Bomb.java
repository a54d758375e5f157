package org.labharness.autograder.hostile;

import static org.labharness.autograder.cli.Tiny.DOUBLE;

import java.util.Map;

/** Documents that are small, and too large, too deep or without an end for whoever reads them as one usually does. */
enum Bomb implements Attack {
    LAUGHS_AS_A_LOCK(
            Map.of("dvc.lock", laughs()), Bomb.YAML.formatted("dvc.lock"), "runs 0, metrics 0.8, tier 0, tracked 0"),
    LAUGHS_IN_A_STORE(
            Map.of(
                    "double.sh",
                    DOUBLE + "mkdir -p mlruns/0; cp laughs.yaml mlruns/0/meta.yaml\n",
                    "laughs.yaml",
                    laughs()),
            Bomb.YAML.formatted("laughs.yaml"),
            "runs 4, metrics 2, tier 0, tracked 0"),
    DEPTHS_AS_METRICS(
            Map.of(
                    "total.py",
                    "open('scores.json', 'w').write('{\"total\": ' + '[' * 200_000 + ']' * 200_000 + '}')\n"),
            "dvc repro > /dev/null 2>&1; python3 -c 'import json; json.load(open(\"scores.json\"))' || echo dead",
            "runs 4, metrics 0.8, tier 0, tracked 0"),
    DEPTHS_AS_CODE(
            Map.of("unused.py", "x = " + "(".repeat(200_000) + ")".repeat(200_000) + "\n"),
            "python3 -c 'import ast; ast.parse(open(\"unused.py\").read())' || echo dead",
            "runs 4, metrics 2, tier 0, tracked 0"),
    A_PIPE_AS_METRICS(
            Map.of("total.py", "import os\nos.mkfifo('scores.json')\n"),
            "timeout 10 dvc repro > /dev/null 2>&1; timeout 3 cat scores.json || echo dead",
            "runs 2, metrics 0.8, tier 0, tracked 0"),
    A_DEVICE_AS_METRICS(
            Map.of("total.py", "import os\nos.symlink('/dev/zero', 'scores.json')\n"),
            "timeout 10 dvc repro > /dev/null 2>&1; python3 -c 'import json; json.load(open(\"scores.json\"))' || echo dead",
            "runs 2, metrics 0.8, tier 0, tracked 0"),
    ZEROS_IN_AN_ARCHIVE(
            Map.of("double.sh", DOUBLE + """
                    python3 -c 'import zipfile
                    with zipfile.ZipFile("model.zip", "w", zipfile.ZIP_DEFLATED) as zip:
                        with zip.open("weights", "w", force_zip64=True) as file:
                            for _ in range(400): file.write(bytes(1 << 20))'
                    """),
            "dvc repro > /dev/null 2>&1; python3 -c 'import zipfile; zipfile.ZipFile(\"model.zip\").read(\"weights\")' || echo dead",
            "runs 4, metrics 2, tier 0, tracked 0");

    private static final String YAML =
            "/opt/dvc/bin/python -c 'import json; from ruamel.yaml import YAML; json.dumps(YAML(typ=\"safe\").load(open(\"%s\")))' || echo dead";

    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<String, String> files;

    private final String usual;
    private final String points;

    Bomb(Map<String, String> files, String usual, String points) {
        this.files = files;
        this.usual = usual;
        this.points = points;
    }

    /** Ten to the ninth times the same letter. */
    private static String laughs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String last = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + last + (", " + last).repeat(9) + "]\n");
        }
        return bomb.toString();
    }

    @Override
    public Map<String, String> files() {
        return files;
    }

    @Override
    public String usual() {
        return usual;
    }

    /** The reader's process ended. */
    @Override
    public String believed() {
        return "dead";
    }

    @Override
    public String points() {
        return points;
    }
}
