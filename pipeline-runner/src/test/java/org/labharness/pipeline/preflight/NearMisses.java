package org.labharness.pipeline.preflight;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Repositories that look wrong to a hasty reader and are right. */
final class NearMisses {
    private NearMisses() {}

    static Map<String, Consumer<Work>> all() {
        Map<String, Consumer<Work>> all = new LinkedHashMap<>();
        all.put("sound", work -> {});
        all.put(
                "only-data-is-ignored",
                work -> work.write(".gitignore", "/.venv\n*.yaml\n!/dvc.yaml\n!params.yaml\n/lab/*\n!/lab/*.dvc\n"));
        all.put(
                "paths-of-a-project-that-are-there",
                work -> work.delete("dvc.yaml", "dvc.lock", "metrics.json", "params.yaml")
                        .write("data/rows.csv", "a\n1\n")
                        .write("MLproject", """
                                name: x
                                entry_points:
                                  main:
                                    parameters:
                                      a: {type: path, default: data/rows.csv}
                                      b: {type: path, default: ./data}
                                      c: {type: path, default: 's3://b/c'}
                                      d: {type: string, default: outputs}
                                      e: {type: path}
                                      f: {type: path, default: .}
                                    command: "python train.py {a} {b} {c} {d} {e} {f}"
                                """));
        all.put(
                "data-under-dvc-for-a-project",
                work -> work.delete("dvc.yaml", "dvc.lock", "metrics.json", "params.yaml")
                        .write("MLproject", "name: x\nentry_points:\n  main:\n    command: python train.py\n"));
        links(all);
        secrets(all);
        code(all);
        notebooks(all);
        settled(all);
        tracking(all);
        pipelines(all);
        return all;
    }

    /** Each pipeline reads by way of links, and its lock records what they lead to. */
    private static void links(Map<String, Consumer<Work>> all) {
        all.put(
                "link-to-script",
                work -> work.delete("train.py")
                        .write("src/train.py", Work.TRAIN)
                        .link("train.py", "src/train.py"));
        all.put(
                "link-to-folder",
                work -> work.delete("train.py")
                        .write("src/train.py", Work.TRAIN)
                        .link("code", "src")
                        .write("dvc.yaml", Work.PIPELINE.replace("train.py", "code/train.py"))
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("train.py", "code/train.py")));
        all.put(
                "links-to-settings",
                work -> work.delete("params.yaml", "requirements.txt")
                        .write("conf/params-7.yaml", "lr: 0.1\n")
                        .link("conf/params.yaml", "params-7.yaml")
                        .link("params.yaml", "conf/params.yaml")
                        .write("requirements/base.txt", "mlflow==2.17.2\n")
                        .link("requirements.txt", "requirements/base.txt"));
        all.put(
                "link-to-what-a-stage-makes",
                work -> work.link("latest.bin", "model-7.bin")
                        .write("dvc.yaml", Work.PIPELINE + "    outs:\n    - model-7.bin\n")
                        .write(".gitignore", "/.venv\n/model-7.bin\n")
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5(Work.TRAIN), "0.1")
                                        + "    - path: model-7.bin\n      hash: md5\n      md5: " + "0".repeat(32)
                                        + "\n"));
    }

    private static void settled(Map<String, Consumer<Work>> all) {
        all.put(
                "conflict-told-of",
                work -> work.write("notes.py", "TEXT = \"\"\"\nNotes\n=======\n<<<<<<< HEAD\n>>>>>>> dev\n\"\"\"\n")
                        .write("docs.md", "<<<<<<< HEAD\n=======\n>>>>>>> dev\n")
                        .write("conf.yaml", "text: |\n  <<<<<<< HEAD\n"));
        all.put(
                "pip-that-only-lists",
                work -> work.write(
                                "dvc.yaml",
                                Work.PIPELINE.replace(
                                        "python train.py", "pip list && python -m pip freeze && python train.py"))
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5(Work.TRAIN), "0.1")
                                        .replace(
                                                "python train.py",
                                                "pip list && python -m pip freeze && python train.py")));
    }

    private static void notebooks(Map<String, Consumer<Work>> all) {
        all.put("notebook-with-python3", work -> notebook(work, "python3", "papermill prepare.ipynb out.ipynb"));
        all.put(
                "notebook-with-the-kernel-in-the-command",
                work -> notebook(work, "mlops-env", "papermill -k python3 prepare.ipynb out.ipynb"));
        all.put(
                "notebook-with-the-kernel-made-before",
                work -> notebook(
                        work,
                        "mlops-env",
                        "python -m ipykernel install --user --name mlops-env && jupyter execute prepare.ipynb"));
        all.put(
                "notebook-that-is-not-run",
                work -> notebook(work, "mlops-env", "jupyter nbconvert --to html prepare.ipynb"));
    }

    private static void notebook(Work work, String kernel, String command) {
        work.write("prepare.ipynb", Quirks.notebook(kernel, "python"))
                .write("dvc.yaml", Work.PIPELINE.replace("python train.py", command))
                .write("dvc.lock", Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("python train.py", command));
    }

    private static void secrets(Map<String, Consumer<Work>> all) {
        all.put(
                "secret-from-environment",
                work -> work.write(
                        "settings.py",
                        "import os\nimport getpass\nTOKEN = os.environ['DAGSHUB_TOKEN']\npassword = os.getenv('DB_PASSWORD', '')\napi_key = getpass.getpass()\nsecret_key = str(os.environ.get('K'))\n"));
        all.put(
                "secret-placeholders",
                work -> work.write(
                                ".env.example",
                                "API_KEY=xxxxxxxxxxxxxxxx1\nDB_PASSWORD=changeme123\nTOKEN=<your token here 1>\n")
                        .write(
                                "conf.yaml",
                                "password: ${DB_PASSWORD}\napi_key: your-api-key-1\nsecret: null\naccess_token: ''\n")
                        .write(
                                "docs.md",
                                "https://user:password@host/db, driver://user:pass@localhost/dbname, amqp://rabbit:rabbit@broker.example.net, redis://:abc@cache, mysql://app:app123@db/x and AKIAIOSFODNN7EXAMPLE and ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n"));
        all.put(
                "tokens-of-language-models",
                work -> work.write(
                        "tokenizer_config.json",
                        "{\"pad_token\": \"[PAD]1234567\", \"eos_token\": \"</s>\", \"bos_token_id\": 10125, \"max_new_tokens\": 2048}"));
        all.put(
                "css-classes",
                work -> work.write(
                        "report.md",
                        "<div class=\"sk-toggleable-content-and-more-words-that-are-long\">sk-learn-is-a-name-with-hyphens-in-it-2</div>\n"));
        all.put(
                "hashes",
                work -> work.write(
                        "checksums.json",
                        "{\"sha256\": \"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\", \"token_type\": \"bearer1234567\"}"));
    }

    private static void code(Map<String, Consumer<Work>> all) {
        all.put("declared-reads", work -> work.write("notes.txt", "x\n").script("""
                                import yaml
                                lr = yaml.safe_load(open('params.yaml'))['lr']
                                open('metrics.json').read()
                                open('notes.txt', 'a').write('x')
                                open('nowhere.csv')
                                open(f'data/{lr}.csv')
                                open('train.py')
                                """));
        all.put(
                "variables-that-are-set",
                work -> work.write(".env", "A=1\nexport B='2'\n")
                        .write("Makefile", "train:\n\tC=3 python train.py\n")
                        .write("Dockerfile", "FROM scratch\nENV D 4\n")
                        .write("run.sh", "export E=5\n")
                        .write("settings.json", "{\"F\": \"6\"}\n")
                        .write(
                                "settings.py",
                                "import os\nos.environ['G'] = '7'\nos.environ.setdefault('H', '8')\nos.environ.update(I='9')\nos.environ.update({'J': '10'})\n")
                        .script("""
                                import os
                                import settings
                                for name in [os.environ['A'], os.environ['B'], os.environ['C'], os.environ['D'], os.environ['E']]:
                                    print(name)
                                print(os.environ['F'], os.environ['G'], os.environ['H'], os.environ['I'], os.environ['J'])
                                print(os.environ['HOME'], os.environ['PATH'], os.environ['USER'], os.environ['MLFLOW_TRACKING_URI'])
                                print(os.environ.get('X'), os.getenv('Y'))
                                if 'Z' in os.environ:
                                    print(os.environ['Z'])
                                try:
                                    print(os.environ['W'])
                                except KeyError:
                                    pass
                                """));
        all.put(
                "no-main-guard-but-calls",
                work -> work.script("import mlflow\n\n\ndef main():\n    mlflow.log_metric('a', 1)\n\n\nmain()\n"));
        all.put(
                "work-in-a-loop",
                work -> work.script(
                        "import mlflow\n\n\ndef f(x):\n    mlflow.log_metric('a', x)\n\n\nfor i in [1]:\n    f(i)\n"));
        all.put(
                "work-in-with",
                work -> work.script("import mlflow\n\n\ndef f():\n    pass\n\n\nwith mlflow.start_run():\n    pass\n"));
        all.put("result-assigned", work -> work.script("def f():\n    return 1\n\n\nresult = f()\n"));
        all.put(
                "exit-with-main",
                work -> work.script(
                        "import sys\n\n\ndef main():\n    return 0\n\n\nif __name__ == '__main__':\n    sys.exit(main())\n"));
        all.put(
                "library-that-is-imported",
                work -> work.write("wine/steps.py", "def load():\n    return 1\n")
                        .write("wine/__init__.py", ""));
        all.put(
                "test-file",
                work -> work.write("test.py", "assert True\n")
                        .write("utils.py", "def f():\n    pass\n")
                        .write("tests/random.py", "x = 1\n"));
        all.put("old-python-elsewhere", work -> work.write("notes/old.py", "print 'x'\n"));
        all.put(
                "address-of-this-machine",
                work -> work.script("import requests\nprint(requests.get('http://localhost:8000/health').text)\n"));
        all.put("local-read", work -> work.script("import pandas as pd\nprint(pd.read_csv('params.yaml'))\n"));
        all.put(
                "folder-made",
                work -> work.script(
                        "import os\nos.makedirs('logs', exist_ok=True)\nopen('logs/a.txt', 'w').write('x')\n"));
        all.put("folder-kept", work -> work.write("logs/.gitkeep", "").script("open('logs/a.txt', 'w').write('x')\n"));
        all.put(
                "folder-of-an-output",
                work -> work.write("dvc.yaml", Work.PIPELINE + "    outs:\n    - models/m.bin\n")
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5("open('models/m.bin', 'w').write('x')\n"), "0.1")
                                        + "    - path: models/m.bin\n      hash: md5\n      md5: " + "1".repeat(32)
                                        + "\n      size: 1\n")
                        .write("models/.gitignore", "/m.bin\n")
                        .write("train.py", "open('models/m.bin', 'w').write('x')\n"));
        all.put("reads-only", work -> work.script("print(open('nowhere/a.txt').read())\n"));
        all.put(
                "optional-torch",
                work -> work.write("extra.py", "try:\n    import torch\nexcept ImportError:\n    torch = None\n"));
    }

    private static void tracking(Map<String, Consumer<Work>> all) {
        all.put(
                "uri-from-environment",
                work -> work.script(
                        "import os\nimport mlflow\nmlflow.set_tracking_uri(os.environ['MLFLOW_TRACKING_URI'])\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "uri-from-environment-first",
                work -> work.script(
                        "import os\nimport mlflow\nmlflow.set_tracking_uri(os.getenv('MLFLOW_TRACKING_URI', 'http://localhost:5000'))\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "uri-from-environment-or",
                work -> work.script(
                        "import os\nimport mlflow\nuri = os.environ.get('MLFLOW_TRACKING_URI') or 'http://localhost:5000'\nmlflow.set_tracking_uri(uri)\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "uri-in-a-comment",
                work -> work.script(
                        "import mlflow\n# mlflow.set_tracking_uri('http://localhost:5000')\n'''http://localhost:5000 is the default'''\nmlflow.log_metric('a', 1)\n"));
        all.put(
                "other-service",
                work -> work.script(
                        "import mlflow\nAPI = 'http://localhost:8000/predict'\nmlflow.log_param('api', API)\n"));
        all.put(
                "client-without-mlflow",
                work -> work.write("client.py", "BASE = 'http://localhost:8000'\nprint(BASE)\n"));
        all.put(
                "set-default-of-the-variable",
                work -> work.script(
                        "import os\nos.environ.setdefault('MLFLOW_TRACKING_URI', 'http://localhost:5000')\nimport mlflow\nmlflow.log_metric('a', 1)\n"));
    }

    /** Another command, as dvc.lock has it too. */
    private static Consumer<Work> recorded(String command, Consumer<Work> more) {
        return work -> {
            work.write("dvc.yaml", Work.PIPELINE.replace("cmd: python train.py", "cmd: " + command))
                    .write(
                            "dvc.lock",
                            Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("cmd: python train.py", "cmd: " + command));
            more.accept(work);
        };
    }

    private static void pipelines(Map<String, Consumer<Work>> all) {
        all.put("cache-ignored", work -> work.write(".dvc/.gitignore", "/config.local\n/tmp\n/cache\n"));
        all.put("output-that-only-begins-alike", work -> work.write("metrics.json.md", "what it means\n"));
        all.put("shell-variables", work -> {
            String command = "echo $HOME \\\\${USER} | tee log.txt; for i in 1 2; do python train.py; done";
            work.write(
                            "dvc.yaml",
                            Work.PIPELINE.replace(
                                    "cmd: python train.py", "cmd: '" + command.replace("\\\\", "\\") + "'"))
                    .write(
                            "dvc.lock",
                            Work.lock(Sums.md5(Work.TRAIN), "0.1")
                                    .replace("cmd: python train.py", "cmd: '" + command.replace("\\\\", "") + "'"));
        });
        all.put("git-in-a-word", work -> {
            String command = "python train.py --note 'git push; docker run' --out legit";
            work.write("dvc.yaml", Work.PIPELINE.replace("cmd: python train.py", "cmd: " + command))
                    .write(
                            "dvc.lock",
                            Work.lock(Sums.md5(Work.TRAIN), "0.1").replace("cmd: python train.py", "cmd: " + command));
        });
        all.put("script-for-a-shell", recorded("bash run.sh", work -> work.write("run.sh", "python train.py\n")));
        all.put(
                "comments-with-lines-of-windows",
                recorded("sh run.sh", work -> work.write("run.sh", "# trains\r\n\npython train.py\n")));
        all.put(
                "python-with-lines-of-windows",
                recorded("python train.py", work -> work.write("score.py", "print(1)\r\n")));
        all.put(
                "executable-script",
                recorded("./run.sh", work -> work.writeExecutable("run.sh", "#!/bin/sh\npython train.py\n")));
        all.put(
                "lines-that-stand-alone",
                work -> work.write(
                                "dvc.yaml",
                                Work.PIPELINE.replace(
                                        "cmd: python train.py\n",
                                        "cmd: |\n      echo 'a << b' \\\\\n      (pwd && ls)\n      python train.py\n"))
                        .write(
                                "dvc.lock",
                                Work.lock(Sums.md5(Work.TRAIN), "0.1")
                                        .replace(
                                                "cmd: python train.py\n",
                                                "cmd: |\n      echo 'a << b' \\\\\n      (pwd && ls)\n      python train.py\n")));
        all.put(
                "environment-that-is-there",
                recorded("tools/bin/python train.py", work -> work.writeExecutable("tools/bin/python", "#!/bin/sh\n")));
        all.put(
                "environment-that-the-command-makes",
                recorded("python -m venv .venv && .venv/bin/python train.py", work -> {}));
        all.put(
                "python-range",
                work -> work.write("pyproject.toml", "[project]\nname = \"x\"\nrequires-python = \">=3.9,<3.14\"\n"));
        all.put(
                "marker-for-windows",
                work -> work.write("requirements.txt", "mlflow==2.17.2\npywin32==306; sys_platform == 'win32'\n"));
        all.put("merged-branch", work -> work.commit("Begin").branch("dev").branch("main"));
        all.put("database-of-the-students-own", work -> work.write("news.db", "not MLflow's"));
        all.put(
                "mlproject",
                work -> work.write(
                        "MLproject",
                        "name: x\nentry_points:\n  main:\n    parameters: {lr: {type: float, default: 0.1}}\n    command: \"python train.py --lr {lr}\"\n"));
    }
}
