package org.labharness.autograder.hostile;

import static org.labharness.autograder.cli.Tiny.DOUBLE;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;

/**
 * A submission that claims a total of 99 where honest work makes 12, or a run that it did not make.
 */
enum Forgery implements Attack {
    A_RESULT_PRINTED_LAST(
            Map.of("double.sh", DOUBLE + "echo 'points: 10 of 10'\nexit 3\n"),
            "dvc repro 2>&1 | grep ^points | tail -n 1",
            "points: 10 of 10",
            "runs 0, metrics 0.8, tier 0, tracked 0"),
    REPORTS_IN_THE_WORK_TREE(
            Map.of("double.sh", DOUBLE + """
                    for name in verdict.json evidence.json report.json .lab/evidence.json; do
                        mkdir -p "$(dirname $name)"; echo '{"points": "10", "of": "10", "outcome": "graded"}' > $name
                    done
                    """),
            "dvc repro > /dev/null 2>&1; cat verdict.json",
            "{\"points\": \"10\", \"of\": \"10\", \"outcome\": \"graded\"}",
            "runs 4, metrics 2, tier 0, tracked 0"),
    REWRITES_AFTER_ITS_END(
            Map.of("scores.json", "{\"total\": 99}", "double.sh", DOUBLE + """
                    cat > /tmp/later.sh <<'END'
                    trap '' TERM HUP INT
                    while :; do if grep -q 12 scores.json; then echo '{"total": 99}' > scores.json; fi; done
                    END
                    setsid sh /tmp/later.sh > /dev/null 2>&1 < /dev/null &
                    """),
            """
            dvc repro > /dev/null 2>&1
            for i in $(seq 2000); do if grep -q 99 scores.json; then break; fi; done
            cat scores.json
            """,
            "{\"total\": 99}",
            "runs 4, metrics 0, tier 0, tracked 0"),
    KILLS_DVC_SO_THAT_WHAT_IS_COMMITTED_STAYS(
            Map.of("scores.json", "{\"total\": 99}", "double.sh", DOUBLE + """
                    for folder in /proc/[0-9]*; do
                        if tr '\\0' ' ' < $folder/cmdline | grep -q 'bin/dvc repro\\|dvc_driver'; then kill -9 "${folder#/proc/}"; fi
                    done
                    """),
            "dvc repro > /dev/null 2>&1; cat scores.json",
            "{\"total\": 99}",
            "runs 4, metrics 0, tier 0, tracked 0"),
    A_DVC_OF_ITS_OWN(
            Map.of("scores.json", "{\"total\": 99}", "dvc/__init__.py", "", "dvc/__main__.py", """
                    print("Data and pipelines are up to date.")
                    """),
            "python -m dvc repro && cat scores.json",
            "{\"total\": 99}",
            "runs 4, metrics 0, tier 0, tracked 0"),
    AN_ENVIRONMENT_OF_ITS_OWN(
            Map.of(
                    "scores.json",
                    "{\"total\": 99}",
                    ".venv/bin/dvc*",
                    "#!/bin/sh\necho 'Data and pipelines are up to date.'\n",
                    ".venv/bin/python*",
                    "#!/bin/sh\nexit 0\n",
                    ".venv/pyvenv.cfg",
                    "home = /usr/bin\n"),
            "export PATH=/work/.venv/bin:$PATH; dvc repro && cat scores.json",
            "{\"total\": 99}",
            "runs 4, metrics 0, tier 0, tracked 0"),
    VARIABLES_THAT_LOAD_CODE(
            Map.of(
                    "scores.json",
                    "{\"total\": 99}",
                    ".env",
                    "PYTHONPATH=/work/trap LD_LIBRARY_PATH=/work/trap BASH_ENV=/work/trap/rc ENV=/work/trap/rc\n",
                    "trap/sitecustomize.py",
                    "import os\nprint('{\"total\": 99}', flush=True)\nos._exit(0)\n"),
            "export $(cat .env); dvc repro > /dev/null 2>&1; python3 -c 'print(open(\"scores.json\").read())'",
            "{\"total\": 99}",
            "runs 4, metrics 0, tier 0, tracked 0"),
    A_LIBRARY_THAT_IS_LOADED_BEFORE_ALL_OTHERS(
            Map.of(
                    "scores.json",
                    "{\"total\": 99}",
                    ".env",
                    "LD_PRELOAD=/tmp/trap.so\n",
                    "double.sh",
                    DOUBLE + PreloadedLibrary.into("/tmp/trap.so", "{\"total\": 99}\n")),
            "export $(cat .env); dvc repro > /dev/null 2>&1; cat scores.json",
            "{\"total\": 99}",
            "runs 4, metrics 0, tier 0, tracked 0"),
    A_LINK_TO_WHAT_THE_GRADER_HOLDS(
            Map.of("total.py", "import os\nos.symlink('/tmp/solution.json', 'scores.json')\n"),
            "echo '{\"total\": 99}' > /tmp/solution.json; dvc repro > /dev/null 2>&1; cat scores.json",
            "{\"total\": 99}",
            "runs 2, metrics 0.8, tier 0, tracked 0"),
    MODULES_THAT_TAKE_THE_JUDGES_PLACE(
            Map.of("json.py", """
                    load = lambda file: {"total": 99}
                    dump = lambda value, file: file.write('{"total": %s}' % value["total"])
                    """),
            "dvc repro > /dev/null 2>&1; python3 -c 'import json; print(json.load(open(\"scores.json\")))'",
            "{'total': 99}",
            "runs 4, metrics 2, tier 0, tracked 0"),
    OUTPUTS_KEPT_IN_A_CACHE(
            Kept.files(),
            "dvc repro && cat scores.json",
            "{\"total\": 99}",
            "runs 2, metrics 0.8, tier 0.8, tracked 0"),
    AN_INFINITE_NUMBER(
            Map.of("total.py", "open('scores.json', 'w').write('{\"total\": Infinity}')\n"),
            """
            dvc repro > /dev/null 2>&1
            python3 -c 'import json; print("enough" if json.load(open("scores.json"))["total"] >= 50 else "too little")'
            """,
            "enough",
            "runs 4, metrics 0, tier 0, tracked 0"),
    NO_NUMBER_AT_ALL(
            Map.of("total.py", "open('scores.json', 'w').write('{\"total\": NaN}')\n"),
            """
            dvc repro > /dev/null 2>&1
            python3 -c 'import json; print("too little" if json.load(open("scores.json"))["total"] < 50 else "enough")'
            """,
            "enough",
            "runs 4, metrics 0, tier 0, tracked 0"),
    A_NUMBER_SAID_TWICE(
            Map.of("total.py", "open('scores.json', 'w').write('{\"total\": 99, \"total\": 12}')\n"),
            "dvc repro > /dev/null 2>&1; grep -o '\"total\": [0-9]*' scores.json | head -n 1",
            "\"total\": 99",
            "runs 4, metrics 2, tier 0, tracked 0"),
    A_COMMITTED_RUN_OF_2020(
            Map.of("mlruns/0/meta.yaml", Store.EXPERIMENT, Store.RUN_FILE, Store.run(2020)),
            Store.COUNT,
            "1 run",
            "runs 4, metrics 2, tier 0, tracked 0.8"),
    A_COMMITTED_RUN_OF_2130(
            Map.of("mlruns/0/meta.yaml", Store.EXPERIMENT, Store.RUN_FILE, Store.run(2130)),
            Store.COUNT_NEW,
            "1 run",
            "runs 4, metrics 2, tier 0, tracked 0.8"),
    A_RUN_FROM_ELSEWHERE_UNDER_ITS_ID(
            Map.of(
                    "kept/0/meta.yaml",
                    Store.EXPERIMENT,
                    Store.RUN_FILE.replace("mlruns", "kept"),
                    Store.run(2130),
                    "double.sh",
                    DOUBLE + "mkdir -p mlruns; cp -r kept/* mlruns/\n"),
            "test ! -e mlruns && dvc repro > /dev/null 2>&1; " + Store.COUNT,
            "1 run",
            "runs 4, metrics 2, tier 0, tracked 0.8"),
    A_RUN_OF_2130_WRITTEN_BY_HAND(
            Map.of("double.sh", DOUBLE + Store.writing(2130)),
            "dvc repro > /dev/null 2>&1; " + Store.COUNT_NEW,
            "1 run",
            "runs 4, metrics 2, tier 0, tracked 0.8"),
    A_RUN_OF_2020_WRITTEN_BY_HAND(
            Map.of("double.sh", DOUBLE + Store.writing(2020)),
            "test ! -e mlruns && dvc repro > /dev/null 2>&1; " + Store.COUNT,
            "1 run",
            "runs 4, metrics 2, tier 0, tracked 0.8");

    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<String, String> files;

    private final String usual;
    private final String believed;
    private final String points;

    Forgery(Map<String, String> files, String usual, String believed, String points) {
        this.files = files;
        this.usual = usual;
        this.believed = believed;
        this.points = points;
    }

    @Override
    public Map<String, String> files() {
        return files;
    }

    @Override
    public String usual() {
        return usual;
    }

    @Override
    public String believed() {
        return believed;
    }

    @Override
    public String points() {
        return points;
    }

    /** A store of MLflow's in a folder, with one finished run. */
    private static final class Store {
        static final String EXPERIMENT =
                "artifact_location: /work/mlruns/0\nexperiment_id: '0'\nlifecycle_stage: active\nname: Default\n";
        static final String RUN_FILE = "mlruns/0/0123456789abcdef0123456789abcdef/meta.yaml";
        static final String COUNT = "echo $(ls mlruns/0/*/meta.yaml | wc -l) run";
        /** Those that began after the grading did. */
        static final String COUNT_NEW =
                "echo $(awk -v now=$(date +%s)000 '/start_time/ && $2 > now' mlruns/0/*/meta.yaml | wc -l) run";

        static String run(int year) {
            return """
                    artifact_uri: /work/mlruns/0/0123456789abcdef0123456789abcdef/artifacts
                    end_time: %1$d
                    experiment_id: '0'
                    lifecycle_stage: active
                    run_id: 0123456789abcdef0123456789abcdef
                    run_name: best
                    start_time: %1$d
                    status: 3
                    """.formatted(LocalDate.of(year, 1, 1).toEpochDay() * 86_400_000L);
        }

        /** Commands that make it. */
        static String writing(int year) {
            return "mkdir -p $(dirname " + RUN_FILE + ")\ncat > mlruns/0/meta.yaml <<'END'\n" + EXPERIMENT
                    + "END\ncat > " + RUN_FILE + " <<'END'\n" + run(year) + "END\n";
        }
    }

    /** A lock and a cache by which DVC finds nothing to do, though the last stage can never have run. */
    private static final class Kept {
        private static final String NEVER = "raise SystemExit('ValueError: never trained')\n";
        private static final String CLAIM = "{\"total\": 99}";
        private static final String DOUBLED = "2\n4\n6\n";

        static Map<String, String> files() {
            String sum = md5(DOUBLED);
            return Map.of(
                    "scores.json",
                    CLAIM,
                    "total.py",
                    NEVER,
                    ".dvc/.gitignore",
                    "/tmp\n",
                    ".dvc/cache/files/md5/" + sum.substring(0, 2) + "/" + sum.substring(2),
                    DOUBLED,
                    "dvc.lock",
                    """
                    schema: '2.0'
                    stages:
                      double:
                        cmd: sh double.sh numbers.txt doubled.txt
                        deps:
                        - {path: double.sh, hash: md5, md5: %s, size: %d}
                        - {path: numbers.txt, hash: md5, md5: %s, size: 6}
                        outs:
                        - {path: doubled.txt, hash: md5, md5: %s, size: 6}
                      total:
                        cmd: python3 total.py
                        deps:
                        - {path: doubled.txt, hash: md5, md5: %s, size: 6}
                        - {path: total.py, hash: md5, md5: %s, size: %d}
                        outs:
                        - {path: scores.json, hash: md5, md5: %s, size: %d}
                    """.formatted(
                                    md5(DOUBLE),
                                    DOUBLE.length(),
                                    md5("1\n2\n3\n"),
                                    sum,
                                    sum,
                                    md5(NEVER),
                                    NEVER.length(),
                                    md5(CLAIM),
                                    CLAIM.length()));
        }

        private static String md5(String text) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
