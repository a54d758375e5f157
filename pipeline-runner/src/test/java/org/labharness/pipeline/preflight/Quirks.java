package org.labharness.pipeline.preflight;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** One repository for each kind of slip: the sound one, with that slip and no other. */
final class Quirks {
    private static final String TOKEN = "ghp_" + "A1b9C3d7E5".repeat(4);

    private static final String CONFLICT = "<<<<<<< HEAD\nlr: 0.1\n=======\nlr: 0.2\n>>>>>>> feature/a-branch\n";

    private Quirks() {}

    static Map<String, Consumer<Work>> all() {
        Map<String, Consumer<Work>> all = new LinkedHashMap<>();
        layout(all);
        lock(all);
        declared(all);
        data(all);
        commands(all);
        code(all);
        notebooks(all);
        mlflow(all);
        environment(all);
        files(all);
        return all;
    }

    private static String pipeline(String stages) {
        return "stages:\n" + stages.indent(2);
    }

    /** The sound pipeline with more keys in its one stage. */
    private static String with(String keys) {
        return Work.PIPELINE + keys.indent(4);
    }

    private static void layout(Map<String, Consumer<Work>> all) {
        all.put(
                "nothing-to-run",
                work -> work.delete("dvc.yaml", "dvc.lock", ".dvc/config", "params.yaml", "metrics.json"));
        all.put(
                "makefile-only",
                work -> work.delete("dvc.yaml", "dvc.lock", "metrics.json")
                        .write("Makefile", "all: metrics.json\n\nmetrics.json:\n\tpython train.py\n"));
        all.put(
                "makefile-without-a-whole",
                work -> work.delete("dvc.yaml", "dvc.lock", ".dvc/config", "metrics.json")
                        .write("Makefile", "install:\n\tpip install -r requirements.txt\n"));
        all.put(
                "notebooks-only",
                work -> work.delete("dvc.yaml", "dvc.lock", ".dvc/config", "params.yaml", "metrics.json", "train.py")
                        .write("work.ipynb", "{}")
                        .write("more/eda.ipynb", "{}"));
        all.put("no-pipeline", work -> work.delete("dvc.yaml", "dvc.lock", "metrics.json"));
        all.put(
                "work-on-other-branch",
                work -> work.delete("dvc.yaml", "dvc.lock", ".dvc/config", "metrics.json")
                        .commit("Begin")
                        .branch("dev")
                        .write("dvc.yaml", Work.PIPELINE)
                        .commit("Pipeline")
                        .onto("main")
                        .done());
        all.put(
                "only-in-subfolder",
                work -> work.delete("dvc.yaml", "dvc.lock", "metrics.json", "train.py", "params.yaml")
                        .write("lab/dvc.yaml", Work.PIPELINE)
                        .write("lab/dvc.lock", Work.lock(Sums.md5(Work.TRAIN), "0.1"))
                        .write("lab/train.py", Work.TRAIN)
                        .write("lab/params.yaml", "lr: 0.1\n")
                        .write("lab/metrics.json", Work.METRICS));
        all.put(
                "several-pipelines",
                work -> work.write("lab/dvc.yaml", Work.PIPELINE)
                        .write("lab/dvc.lock", Work.lock(Sums.md5(Work.TRAIN), "0.1"))
                        .write("lab/train.py", Work.TRAIN)
                        .write("lab/params.yaml", "lr: 0.1\n")
                        .write("lab/metrics.json", Work.METRICS));
        all.put("submodule", work -> work.submodule("vendor/models"));
        all.put("windows-drive", work -> work.write("C:/Users/student/lab/out.csv", "1\n"));
        all.put("no-dvc-folder", work -> work.delete(".dvc/config"));
        all.put(
                "no-dvc-folder-for-gitignore",
                work -> work.delete(".dvc/config").write(".gitignore", "*.pyc\n\n.dvc/\n"));
        all.put("lock-ignored", work -> work.write(".gitignore", "/.venv\n*.lock\n"));
        all.put(
                "file-ignored",
                work -> work.write(".gitignore", "# all but code\n*\n!*.py\n!params.yaml\n!requirements.txt\n"));
        all.put(
                "file-ignored-in-a-folder",
                work -> work.write(".gitignore", "/.venv\ndata/\n")
                        .write("data/raw.csv.dvc", "outs:\n- md5: " + "1".repeat(32) + "\n  path: raw.csv\n")
                        .write("data/more.csv.dvc", "outs:\n- md5: " + "2".repeat(32) + "\n  path: more.csv\n"));
        all.put(
                "no-stages",
                work -> work.delete("dvc.lock", "metrics.json").write("dvc.yaml", "metrics:\n- metrics.json\n"));
        all.put(
                "stages-of-old-dvc",
                work -> work.delete("dvc.yaml", "dvc.lock", "metrics.json")
                        .write(
                                "train.dvc",
                                "cmd: python train.py\ndeps:\n- path: train.py\nouts:\n- path: model.pkl\n"));
        all.put(
                "unreadable",
                work -> work.write("dvc.yaml", "stages:\n  train:\n  - cmd: [\n")
                        .delete("metrics.json"));
        all.put("unknown-key", work -> work.write("dvc.yaml", with("dependencies: [x]")));
        all.put("unresolved-template", work -> work.write("dvc.yaml", with("desc: \"${train.words}\"")));
        all.put("date-in-params", work -> work.write("params.yaml", "lr: 0.1\nsince: 2024-05-01\n"));
        all.put(
                "partly-read",
                work -> work.write("params.yaml", "lr: 0.1\nn: [" + "1, ".repeat(1_100) + "1]\n")
                        .write(
                                "dvc.yaml",
                                Work.PIPELINE + "  many:\n    foreach: ${n}\n    do: {cmd: 'echo ${item}'}\n"));
        all.put(
                "pipeline-misnamed",
                work -> work.delete("dvc.yaml", "dvc.lock", "metrics.json").write("ml/dvc.yml", Work.PIPELINE));
        all.put(
                "params-misnamed",
                work -> work.delete("params.yaml", "dvc.lock").write("params.yml", "lr: 0.1\n"));
        all.put(
                "output-of-stage-and-tracker",
                work -> work.write("dvc.yaml", with("outs:\n- models/model.bin"))
                        .write(
                                "models/model.bin.dvc",
                                "outs:\n- md5: 60b725f10c9c85c70d97880dfe8191b3\n  size: 2\n  hash: md5\n  path: model.bin\n"));
        all.put("output-twice", work -> work.write("dvc.yaml", with("outs:\n- metrics.json:\n    cache: false")));
        all.put(
                "cycle",
                work -> work.write(
                                "dvc.yaml",
                                pipeline(
                                        "a: {cmd: echo 1, deps: [x], outs: [y]}\nb: {cmd: echo 2, deps: [y], outs: [x]}"))
                        .write("dvc.lock", """
                                schema: '2.0'
                                stages:
                                  a: {cmd: echo 1, deps: [{path: x}], outs: [{path: y}]}
                                  b: {cmd: echo 2, deps: [{path: y}], outs: [{path: x}]}
                                """)
                        .delete("metrics.json"));
    }

    private static void lock(Map<String, Consumer<Work>> all) {
        all.put("no-lock", work -> work.delete("dvc.lock"));
        all.put("lock-unreadable", work -> work.write("dvc.lock", "<<<<<<< HEAD\nstages: {\n"));
        all.put(
                "lock-stages-differ",
                work -> work.write(
                        "dvc.lock", Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("  train:\n", "  fit:\n")));
        all.put(
                "lock-stale-dependency",
                work -> work.commit("First run")
                        .write("README.md", "# Notes\n")
                        .commit("Notes")
                        .write("train.py", Work.TRAIN + "# tuned\n")
                        .commit("Tune the training")
                        .write("README.md", "# More notes\n"));
        all.put(
                "lock-stale-parameter",
                work -> work.commit("First run")
                        .write("params.yaml", "lr: 0.3\n")
                        .commit("Try a larger rate")
                        .write("README.md", "# Notes\n"));
        all.put(
                "lock-left-over",
                work -> work.write(
                        "dvc.lock", Work.lock(Sums.md5(Work.TRAIN), "0.1") + "  old:\n    cmd: python old.py\n"));
        all.put("lock-stale-never-recorded", work -> work.write("dvc.lock", Work.lock("0".repeat(32), "0.1")));
        all.put(
                "lock-stale-command",
                work -> work.write(
                        "dvc.lock",
                        Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("python train.py", "python3 train.py --fast")));
        all.put(
                "lock-crlf",
                work -> work.write("dvc.lock", Work.lock(Sums.md5(Work.TRAIN.replace("\n", "\r\n")), "0.1")));
        all.put(
                "lock-of-dvc-2",
                work -> work.write(
                        "dvc.lock", Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("      hash: md5\n", "")));
    }

    private static void declared(Map<String, Consumer<Work>> all) {
        all.put(
                "output-in-git",
                work -> work.write(
                        "dvc.yaml",
                        Work.PIPELINE.replace("    - metrics.json:\n        cache: false\n", "    - metrics.json\n")));
        all.put(
                "params-missing",
                work -> work.write("dvc.yaml", Work.PIPELINE.replace("- lr", "- config.yaml: [lr]"))
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("params.yaml:", "config.yaml:")));
        all.put(
                "param-missing",
                work -> work.write("params.yaml", "rate: 0.1\n").delete("dvc.lock"));
        all.put(
                "params-as-dep",
                work -> work.write(
                                "dvc.yaml",
                                Work.PIPELINE.replace(
                                        "    - train.py\n    params:\n    - lr\n",
                                        "    - train.py\n    - params.yaml\n"))
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5(Work.TRAIN), "0.1")
                                        .replace(
                                                "    params:\n      params.yaml:\n        lr: 0.1\n",
                                                "    - path: params.yaml\n      hash: md5\n      md5: "
                                                        + Sums.md5("lr: 0.1\n") + "\n      size: 8\n")));
        all.put(
                "backslash",
                work -> work.write(
                        "dvc.yaml",
                        Work.PIPELINE.replace("    - train.py\n", "    - train.py\n    - 'data\\raw.csv'\n")));
        all.put(
                "command-as-dep",
                work -> work.write(
                                "dvc.yaml", Work.PIPELINE.replace("    - train.py\n", "    - train.py\n    - python\n"))
                        .write("dvc.lock", Work.lock(Sums.md5(Work.TRAIN), "0.1")));
        all.put("metrics-undeclared", work -> work.write("reports/test_metrics.json", "{\"f1\": 1}"));
    }

    private static void data(Map<String, Consumer<Work>> all) {
        String tracked =
                "outs:\n- md5: 00112233445566778899aabbccddeeff\n  size: 12345678\n  hash: md5\n  path: raw.csv\n";
        all.put(
                "untracked-for-gitignore",
                work -> work.write(
                                "dvc.yaml",
                                Work.PIPELINE.replace("    - train.py\n", "    - train.py\n    - data/raw.csv\n"))
                        .write(".gitignore", "# big files\ndata/\n"));
        all.put("no-remote", work -> work.write("data/raw.csv.dvc", tracked));
        all.put(
                "remote-elsewhere",
                work -> work.write("data/raw.csv.dvc", tracked)
                        .write(".dvc/config", "[core]\n    remote = d\n['remote \"d\"']\n    url = D:\\store\n"));
        all.put(
                "remote-unreachable",
                work -> work.write("data/raw.csv.dvc", tracked)
                        .write(".dvc/config", "[core]\n    remote = g\n['remote \"g\"']\n    url = gdrive://1AbC\n"));
        all.put(
                "not-pushed",
                work -> work.write("data/raw.csv.dvc", tracked)
                        .write(".dvc/config", "[core]\n    remote = s\n['remote \"s\"']\n    url = ../store\n"));
        String windows = Sums.md5("a,b\r\n1,2\r\n");
        all.put(
                "line-endings-in-remote",
                work -> work.write(
                                "data/raw.csv.dvc",
                                "outs:\n- md5: " + windows + "\n  size: 10\n  hash: md5\n  path: raw.csv\n")
                        .write("store/files/md5/" + windows.substring(0, 2) + "/" + windows.substring(2), "a,b\n1,2\n")
                        .write(".dvc/config", "[core]\n    remote = s\n['remote \"s\"']\n    url = ../store\n"));
        all.put(
                "untracked",
                work -> work.delete("dvc.lock")
                        .write(
                                "dvc.yaml",
                                Work.PIPELINE.replace("    - train.py\n", "    - train.py\n    - data/raw.csv\n")));
    }

    private static Consumer<Work> command(String command) {
        return work -> work.write("dvc.yaml", Work.PIPELINE.replace("cmd: python train.py", "cmd: " + command))
                .write(
                        "dvc.lock",
                        Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("cmd: python train.py", "cmd: " + command));
    }

    /** A command of several lines. */
    private static Consumer<Work> lines(String... lines) {
        return work -> work.write(
                        "dvc.yaml",
                        Work.PIPELINE.replace(
                                "cmd: python train.py\n",
                                "cmd: |\n" + String.join("\n", lines).indent(6)))
                .delete("dvc.lock");
    }

    private static void commands(Map<String, Consumer<Work>> all) {
        all.put("calls-git", command("git checkout v1 && python train.py"));
        all.put("calls-docker", command("docker run image python train.py"));
        all.put("calls-sudo", command("sudo -E python train.py"));
        all.put("calls-pip", command("python -m pip install pandas && python train.py"));
        all.put("calls-pip-by-conda", command("mamba install -y pandas && python train.py"));
        all.put("calls-apt", command("apt-get install -y graphviz && python train.py"));
        all.put("conda-activated", command("conda activate mlops && python train.py"));
        all.put(
                "conda-activated-in-a-makefile",
                work -> work.delete("dvc.yaml", "dvc.lock", ".dvc/config", "params.yaml", "metrics.json")
                        .write("Makefile", "# conda activate mlops\ntrain:\n\tmicromamba activate; python train.py\n"));
        all.put("calls-exe", command("C_ALL=1 ./tools/run.exe"));
        all.put("calls-r", command("Rscript train.R"));
        all.put("own-environment", command("source .venv/bin/activate && python train.py"));
        all.put(
                "own-environment-in-a-makefile",
                work -> work.delete("dvc.yaml", "dvc.lock", ".dvc/config", "params.yaml", "metrics.json")
                        .write("Makefile", "# runs venv/bin/python\ntrain:\n\t./venv/bin/python train.py\n"));
        all.put("windows-set", command("set PYTHONPATH=. && python train.py"));
        all.put("windows-py", command("py -3.11 train.py"));
        all.put("windows-copy", command("copy a.txt b.txt && python train.py"));
        all.put("windows-interpreter", command("python.exe train.py"));
        all.put(
                "windows-path",
                work -> work.write("src/train.py", Work.TRAIN)
                        .write("dvc.yaml", Work.PIPELINE.replace("cmd: python train.py", "cmd: python src\\train.py"))
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5(Work.TRAIN), "0.1")
                                        .replace("python train.py", "python src\\train.py")));
        all.put("uses-network", command("curl -o x.csv https://example.org/x.csv && python train.py"));
        all.put("pulls", command("dvc pull data/x && python train.py"));
        all.put("starts-server", command("mlflow ui --port 5001 & python train.py"));
        all.put("absolute-path", command("/home/ann/venv/bin/python train.py"));
        all.put(
                "not-executable",
                work -> command("cd scripts && ./run.sh")
                        .accept(work.write("scripts/run.sh", "#!/bin/sh\npython train.py\n")));
        all.put(
                "windows-lines",
                work -> command("./scripts/run.sh && bash scripts/run.sh")
                        .accept(work.writeExecutable("scripts/run.sh", "#!/bin/sh\r\npython train.py\r\n")));
        all.put(
                "windows-lines-of-python",
                work -> command("./score.py")
                        .accept(work.writeExecutable("score.py", "#!/usr/bin/env python\r\nprint(1)\r\n")));
        all.put("lines-apart-heredoc", lines("python - <<'EOF'", "print(1)", "EOF"));
        all.put("lines-apart-quote", lines("python -c \"", "print(1)", "\""));
        all.put("lines-apart-backslash", lines("python train.py \\", "  --lr 0.1"));
        all.put("lines-apart-loop", lines("for i in 1 2; do", "python train.py $i", "done"));
        all.put("lines-apart-folder", lines("cd src", "python ../train.py"));
        all.put("always-changed", work -> work.write("dvc.yaml", with("always_changed: true")));
        all.put("script-missing", command("python src/train.py"));
        all.put(
                "script-nowhere",
                work -> work.write("dvc.yaml", Work.PIPELINE.replace("cmd: python train.py", "cmd: python evaluate.py"))
                        .delete("dvc.lock"));
    }

    private static void code(Map<String, Consumer<Work>> all) {
        all.put(
                "never-called-with-another-script",
                work -> work.write("src/helpers.py", "def plot(a, b):\n    return a\n")
                        .write("src/evaluate.py", Work.TRAIN)
                        .write(
                                "dvc.yaml",
                                Work.PIPELINE.replace(
                                        "python train.py\n    deps:\n    - train.py",
                                        "python -m src.helpers src/evaluate.py\n    deps:\n    - src"))
                        .delete("dvc.lock"));
        all.put("syntax-error", work -> work.script("import mlflow\nprint 'training'\n"));
        all.put(
                "never-called",
                work -> work.script(
                        "import logging\nimport mlflow\n\nlogger = logging.getLogger(__name__)\nRATE = 0.1\n\n\ndef load():\n    return 1\n\n\ndef main():\n    mlflow.log_metric('a', load())\n"));
        all.put("shadows-standard", work -> work.write("logging.py", "def setup():\n    pass\n"));
        all.put("shadows-package", work -> work.write("mlflow.py", "def setup():\n    pass\n"));
        all.put(
                "downloads",
                work -> work.script(
                        "import pandas as pd\nURL = 'https://example.org/wine.csv?key=1'\nframe = pd.read_csv(URL)\nframe.to_csv('x.csv')\n"));
        all.put(
                "downloads-set",
                work -> work.script("from sklearn.datasets import fetch_openml\nX = fetch_openml('mnist_784')\n"));
        all.put("downloads-tried", work -> work.script("""
                                import pandas as pd
                                from sklearn.datasets import fetch_openml
                                try:
                                    frame = pd.read_csv('https://example.org/wine.csv')
                                except Exception:
                                    frame = pd.read_csv('wine.csv')
                                def load():
                                    return fetch_openml('wine')
                                try:
                                    load()
                                except OSError as e:
                                    print(e)
                                """));
        all.put("downloads-tried-in-vain", work -> work.script("""
                                import sys
                                import pandas as pd
                                try:
                                    frame = pd.read_csv('https://example.org/wine.csv')
                                except Exception as e:
                                    sys.exit(1)
                                """));
        all.put("downloads-under-condition", work -> work.script("""
                                import os
                                from urllib.request import urlretrieve
                                import pandas as pd
                                if not os.path.exists('wine.csv'):
                                    urlretrieve('https://example.org/wine.csv', 'wine.csv')
                                try:
                                    pd.read_csv('red.csv')
                                except FileNotFoundError:
                                    pd.read_csv('https://example.org/red.csv')
                                """));
        all.put(
                "unset-variable",
                work -> work.write(".gitignore", "/.venv\n.env\n")
                        .write(".env.example", "DATA_DIR=data\n")
                        .write("README.md", "export DATA_DIR=data\n")
                        .script("""
                                import os
                                from dotenv import load_dotenv
                                load_dotenv()
                                DATA_DIR = os.environ["DATA_DIR"]
                                print(os.environ['DATA_DIR'], os.environ["HOME"])
                                """));
        all.put(
                "unset-variable-secret",
                work -> work.write(".env", "DATA_DIR=data\n")
                        .write("settings.py", "import os\nKEY = os.environ['WEATHER_API_KEY']\n")
                        .script("import settings\n"));
        all.put(
                "code-absolute-path",
                work -> work.script(
                        "import pandas as pd\nframe = pd.read_csv(r'C:\\Users\\ann\\data\\wine.csv')\nprint(frame)\n"));
        all.put(
                "output-folder-not-kept",
                work -> work.write("dvc.yaml", Work.PIPELINE + "    outs:\n    - models/model.txt\n")
                        .script("with open('models/model.txt', 'w') as out:\n    out.write('x')\n"));
        all.put(
                "output-folder-itself-not-kept",
                work -> work.write("dvc.yaml", Work.PIPELINE + "    outs:\n    - models\n")
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5("open('./models/m.bin', 'w').write('x')\n"), "0.1")
                                        + "    - path: models\n      hash: md5\n      md5: " + "1".repeat(32)
                                        + ".dir\n      size: 1\n      nfiles: 1\n")
                        .write("train.py", "open('./models/m.bin', 'w').write('x')\n"));
        all.put(
                "undeclared-read",
                work -> work.write("data/wine.csv", "a\n1\n")
                        .write("prepare.py", "open('clean.csv', 'w').write('a')\n")
                        .write(
                                "dvc.yaml",
                                Work.PIPELINE + "  prepare:\n    cmd: python prepare.py\n    outs:\n    - clean.csv\n")
                        .delete("dvc.lock")
                        .script(
                                "import pandas as pd\nraw = pd.read_csv('data/wine.csv')\nframe = pd.read_csv('clean.csv')\nprint(raw, frame)\n"));
        all.put(
                "undeclared-params",
                work -> work.write("dvc.yaml", Work.PIPELINE.replace("    params:\n    - lr\n", ""))
                        .delete("dvc.lock")
                        .script("import yaml\nwith open('params.yaml') as file:\n    print(yaml.safe_load(file))\n"));
        all.put(
                "folder-not-kept",
                work -> work.script(
                        "import logging\nlogging.basicConfig(level=10)\nhandler = logging.FileHandler('logs/train.log')\nprint(handler)\n"));
    }

    private static void notebooks(Map<String, Consumer<Work>> all) {
        String notebook = notebook("mlops-env", "python");
        all.put(
                "notebook-kernel",
                work -> work.write("prepare.ipynb", notebook)
                        .write("more/fit.ipynb", notebook)
                        .write("more/check.ipynb", notebook)
                        .write("more/report.ipynb", notebook)
                        .write(
                                "more/run.py",
                                "import papermill as pm\npm.execute_notebook('more/report.ipynb', 'x.ipynb')\n")
                        .delete("dvc.lock")
                        .write("dvc.yaml", with("wdir: .") + pipeline("""
                                        prepare: {cmd: jupyter nbconvert --to notebook --execute --inplace prepare.ipynb}
                                        fit: {wdir: more, cmd: papermill fit.ipynb out.ipynb}
                                        check: {cmd: jupyter execute --kernel_name=venv more/check.ipynb}
                                        report: {cmd: python more/run.py}
                                        """).substring("stages:\n".length())));
    }

    static String notebook(String kernel, String language) {
        return """
                {
                 "cells": [],
                 "metadata": {
                  "kernelspec": {
                   "display_name": "Mine",
                   "language": "%s",
                   "name": "%s"
                  }
                 },
                 "nbformat": 4,
                 "nbformat_minor": 5
                }
                """.formatted(language, kernel);
    }

    private static void mlflow(Map<String, Consumer<Work>> all) {
        all.put(
                "hard-coded-uri",
                work -> work.script(
                        "import mlflow as m\nHOST = 'localhost'\nPORT = 5000\nm.set_tracking_uri(f'http://{HOST}:{PORT}')\nm.log_metric('a', 1)\n"));
        all.put(
                "hard-coded-variable",
                work -> work.script(
                        "import os\nos.environ['MLFLOW_TRACKING_URI'] = 'http://127.0.0.1:8080'\nimport mlflow\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "hard-coded-folder-of-one-machine",
                work -> work.script(
                        "import mlflow\nmlflow.set_tracking_uri('file:///home/ann/mlruns')\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "hard-coded-temporary-folder",
                work -> work.script(
                        "import mlflow\nmlflow.set_tracking_uri('file:///tmp/mlruns')\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "hard-coded-file",
                work -> work.script(
                        "import mlflow\nmlflow.set_tracking_uri('sqlite:///mlflow.db')\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "hard-coded-file-put-together",
                work -> work.script(
                        "from pathlib import Path\nimport mlflow\nmlflow.set_tracking_uri(f\"sqlite:///{Path(__file__).parent / 'mlflow.db'}\")\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "remote-uri",
                work -> work.script(
                        "import mlflow\nURI = 'https://dagshub.com/ann/wine.mlflow'\nmlflow.set_tracking_uri(URI)\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "optional-uri",
                work -> work.script(
                        "import os\nimport dagshub\nimport mlflow\nURI = 'https://dagshub.com/ann/wine.mlflow'\nif os.getenv('DAGSHUB_USER_TOKEN'):\n    dagshub.init('wine', 'ann', mlflow=True)\n    mlflow.set_tracking_uri(URI)\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "optional-uri-after-a-return",
                work -> work.script(
                        "import os\nimport mlflow\n\n\ndef track():\n    if not os.getenv('TOKEN'):\n        return\n    os.environ['MLFLOW_TRACKING_URI'] = 'https://dagshub.com/ann/wine.mlflow'\n\n\nif __name__ == '__main__':\n    track()\n    mlflow.log_metric('a', 1)\n"));
        all.put("optional-uri-tried", work -> work.script("""
                                import dagshub
                                import mlflow
                                try:
                                    dagshub.init('wine', 'ann', mlflow=True)
                                except Exception as e:
                                    print(e)
                                try:
                                    mlflow.set_tracking_uri('https://dagshub.com/ann/wine.mlflow')
                                    mlflow.set_experiment('wine')
                                except Exception:
                                    mlflow.set_tracking_uri('mlruns')
                                mlflow.log_metric('a', 1)
                                """));
        all.put("remote-uri-tried-in-vain", work -> work.script("""
                                import mlflow
                                try:
                                    mlflow.set_tracking_uri('https://dagshub.com/ann/wine.mlflow')
                                except Exception as e:
                                    print(e)
                                mlflow.log_metric('a', 1)
                                """));
        all.put(
                "remote-uri-in-spite-of-a-condition",
                work -> work.script(
                        "import os\nimport mlflow\nMLFLOW_URI = 'https://dagshub.com/ann/wine.mlflow'\nif os.getenv('TOKEN'):\n    mlflow.set_registry_uri(MLFLOW_URI)\nif __name__ == '__main__':\n    mlflow.set_tracking_uri(MLFLOW_URI)\n    mlflow.log_metric('a', 1)\n"));
        all.put(
                "store-committed",
                work -> work.write(
                                "mlruns/1/meta.yaml",
                                "artifact_location: file:///C:/Users/ann/lab/mlruns/1\nexperiment_id: '1'\nlifecycle_stage: active\nname: wine\n")
                        .write(
                                "mlruns/1/" + "a".repeat(32) + "/meta.yaml",
                                "artifact_uri: file:///C:/Users/ann/lab/mlruns/1/x/artifacts\nexperiment_id: '1'\nlifecycle_stage: active\nrun_id: "
                                        + "a".repeat(32)
                                        + "\nrun_name: one\nstatus: 3\nstart_time: 1\nend_time: 2\nuser_id: ann\n"));
        all.put("store-empty", work -> work.write("mlflow.db", ""));
        all.put(
                "model-incomplete",
                work -> work.write(
                        "model/MLmodel",
                        "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    model_path: data/model.pkl\n"));
        all.put("mlproject-unreadable", work -> work.write("MLproject", "name: x\nentry_points: {main: [\n"));
        all.put("mlproject-no-entry-point", work -> work.write("MLproject", "name: x\n"));
        all.put(
                "mlproject-missing-file",
                work -> work.write(
                        "MLproject",
                        "name: x\npython_env: env.yaml\nentry_points:\n  main: {command: python train.py}\n"));
        all.put(
                "mlproject-missing-script",
                work -> work.write("MLproject", "name: x\nentry_points:\n  main: {command: python src/fit.py}\n"));
        all.put(
                "mlproject-missing-path",
                work -> work.write("lab/MLproject", """
                                name: x
                                entry_points:
                                  main:
                                    parameters:
                                      out_dir: {type: path, default: outputs}
                                      data:
                                        type: path
                                        default: data/rows.csv
                                      images: {type: path, default: images/}
                                      model_out: {type: path, default: m.pkl}
                                    command: "python train.py {out_dir} {data} {images} {model_out}"
                                  eval:
                                    parameters: {in: {type: path, default: nowhere}}
                                    command: "python train.py {in}"
                                """).write("lab/train.py", "print(1)\n"));
        all.put(
                "mlproject-needs-docker",
                work -> work.write(
                        "MLproject",
                        "name: x\ndocker_env: {image: wine}\nentry_points:\n  main: {command: python train.py}\n"));
        all.put(
                "mlproject-unknown-parameter",
                work -> work.write(
                        "MLproject", "name: x\nentry_points:\n  main:\n    command: \"python train.py --lr {lr}\"\n"));
        all.put(
                "mlproject-wrong-name",
                work -> work.write("MLproject.yaml", "name: x\nentry_points:\n  main: {command: python train.py}\n"));
    }

    private static void environment(Map<String, Consumer<Work>> all) {
        all.put("no-requirements", work -> work.delete("requirements.txt"));
        all.put(
                "misspelt-requirements",
                work -> work.delete("requirements.txt").write("requirments.txt", "mlflow==2.17.2\n"));
        all.put(
                "other-declaration",
                work -> work.delete("requirements.txt")
                        .write("environment.yml", "dependencies: [python=3.11, {pip: [mlflow==2.17.2]}]\n"));
        all.put(
                "requirements-below",
                work -> work.delete("requirements.txt").write("src/requirements.txt", "mlflow==2.17.2\n"));
        all.put("requirements-unreadable", work -> work.write("requirements.txt", new byte[] {0, 1, 2, 0, 0, 5}));
        all.put(
                "requirements-utf-16",
                work -> work.write("requirements.txt", "\uFEFFmlflow==2.17.2\r\n".getBytes(StandardCharsets.UTF_16LE)));
        all.put("requirement-windows", work -> work.write("requirements.txt", "mlflow==2.17.2\npywin32==306\n"));
        all.put("requirement-conda", work -> work.write("requirements.txt", "mlflow==2.17.2\nnumpy=1.26.4=py311h1\n"));
        all.put(
                "requirement-conda-path",
                work -> work.write("requirements.txt", "mlflow==2.17.2\nscipy @ file:///C:/bld/scipy\n"));
        all.put("requirement-of-python", work -> work.write("requirements.txt", "mlflow==2.17.2\npickle==1.0\n"));
        all.put("requirement-one-equals", work -> work.write("requirements.txt", "mlflow==2.17.2\npandas=2.2.3\n"));
        all.put(
                "requirement-twice",
                work -> work.write("requirements.txt", "mlflow==2.17.2\npandas==2.2.3\npandas==2.1.0\n"));
        all.put("requirement-conflict", work -> work.write("requirements.txt", "<<<<<<< HEAD\nmlflow==2.17.2\n"));
        all.put("unpinned", work -> work.write("requirements.txt", "mlflow==2.17.2\npandas\nscikit-learn\n"));
        all.put("own-dvc", work -> work.write("requirements.txt", "mlflow==2.17.2\ndvc[s3]==3.51.0\n"));
        all.put("heavy", work -> work.write("requirements.txt", "mlflow==2.17.2\ntorch==2.7.1\npyspark==3.5.1\n"));
        all.put("python-version", work -> work.write(".python-version", "3.9\n"));
        all.put(
                "newer-command",
                work -> work.write("dvc.yaml", Work.PIPELINE.replace("cmd: python ", "cmd: python3.12 "))
                        .delete("dvc.lock"));
        all.put(
                "newer-syntax",
                work -> work.write("names.py", "def joined(rows):\n    return f\"{\", \".join(rows)}\"\n")
                        .script("from names import joined\n" + Work.TRAIN));
    }

    private static void files(Map<String, Consumer<Work>> all) {
        all.put("secret-token", work -> work.write("notes.md", "curl -H 'Authorization: " + TOKEN + "'\n"));
        all.put(
                "secret-in-code",
                work -> work.write("settings.py", "DAGSHUB_TOKEN = '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432'\n"));
        all.put("secret-in-env", work -> work.write(".env", "LEVEL=debug\nDB_PASSWORD=tr0ub4dor&3xK\n"));
        all.put("secret-in-yaml", work -> work.write("conf/db.yaml", "db:\n  user: ann\n  password: \"k8Jq2vX91z\"\n"));
        all.put("secret-in-url", work -> work.write("connect.md", "postgresql://ann:k8Jq2vX91z@db.example.org/wine\n"));
        all.put(
                "secret-in-remote",
                work -> work.write(
                        ".dvc/config.local",
                        "['remote \"d\"']\n    access_key_id = AB12CD34\n    secret_access_key = Zx81kLm2QpWn73\n"));
        all.put("private-key", work -> work.write("id_rsa", "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n"));
        all.put(
                "lfs-pointer",
                work -> work.write("m.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"));
        all.put(
                "environment-committed",
                work -> work.write("env/pyvenv.cfg", "home = x\n")
                        .write("env/lib/python3.11/site-packages/a/b.py", "x = 1\n"));
        all.put("caches-committed", work -> work.write("src/__pycache__/a.pyc", "x"));
        all.put("large-file", work -> work.write("big.bin", new byte[(10 << 20) + 1]));
        all.put("symbolic-link", work -> work.link("latest", "models/7"));
        all.put(
                "symbolic-links-left",
                work -> work.link("circle", "circle")
                        .link("config", ".git/config")
                        .link("up", "../shared"));
        all.put(
                "link-as-dependency",
                work -> work.link("raw.csv", "/home/ann/raw.csv")
                        .write("dvc.yaml", Work.PIPELINE.replace("- train.py\n", "- train.py\n    - raw.csv\n"))
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5(Work.TRAIN), "0.1")
                                        .replace(
                                                "    params:",
                                                "    - path: raw.csv\n      hash: md5\n      md5: " + "0".repeat(32)
                                                        + "\n    params:")));
        all.put(
                "link-read-by-script",
                work -> work.link("conf.yaml", "../conf.yaml")
                        .script(Work.TRAIN.replace(
                                "def main():", "SETTINGS = open(\"conf.yaml\").read()\n\n\ndef main():")));
        all.put("link-into-git", work -> work.link("remotes", ".git/config"));
        all.put(
                "git-as-dependency",
                work -> work.link("hooks", ".git/hooks")
                        .write(
                                "dvc.yaml",
                                Work.PIPELINE.replace(
                                        "- train.py\n",
                                        "- train.py\n    - .git/config\n    - hooks/pre-push\n    - ../secret\n"))
                        .delete("dvc.lock"));
        all.put("links-too-many", work -> {
            for (int i = 0; i < 1_001; i++) {
                work.link("links/" + i, "../train.py");
            }
        });
        all.put("spaces-in-paths", work -> work.write("my notes.md", "x"));
        all.put("non-ascii-paths", work -> work.write("docs/résumé.md", "x"));
        all.put("case-collision", work -> work.write("docs/Plan.md", "x").write("docs/plan.md", "y"));
        all.put("partly-read-texts", work -> {
            for (int i = 0; i < 17; i++) {
                work.write("generated/part" + i + ".py", "# generated\n".repeat(16_000));
            }
        });
        all.put("conflict-in-params", work -> work.write("params.yaml", "seed: 1\n" + CONFLICT));
        all.put(
                "conflict-in-vars",
                work -> work.write("conf/more.yaml", CONFLICT)
                        .write("dvc.yaml", "vars: [conf/more.yaml]\n" + Work.PIPELINE));
        all.put(
                "conflict-in-dvc-yaml",
                work -> work.write(
                        "dvc.yaml",
                        Work.PIPELINE + "<<<<<<< HEAD\n    outs: [a]\n=======\n    outs: [b]\n>>>>>>> dev\n"));
        all.put(
                "conflict-in-script",
                work -> work.script(Work.TRAIN + "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> dev\n"));
        all.put(
                "conflict-elsewhere",
                work -> work.write(
                                "conf/model.json", "{\n<<<<<<< HEAD\n\"lr\": 1\n=======\n\"lr\": 2\n>>>>>>> dev\n}\n")
                        .write("helper.py", CONFLICT)
                        .script("import helper\n" + Work.TRAIN));
        all.put(
                "newer-branch",
                work -> work.commit("Begin")
                        .branch("dev")
                        .write("README.md", "# Later\n")
                        .commit("Later")
                        .onto("main")
                        .done());
    }
}
