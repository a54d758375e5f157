"""Records what DVC itself makes of small dvc.yaml files: reads cases on stdin, prints JSON.

A case begins with a line '=== NAME', a file of it with a line '--- PATH'. Run it in the image that holds the grader's DVC
(docs/testing.md has the command); TemplateTruthTests compares our reading with what this prints.
"""

import json
import os
import sys
import tempfile


def cases(text):
    name, path, found = None, None, {}
    for line in text.splitlines(keepends=True):
        if line.startswith("=== "):
            name = line[4:].strip()
            found[name] = {}
        elif line.startswith("--- "):
            path = line[4:].strip()
            found[name][path] = ""
        else:
            found[name][path] += line
    return found


def relative(root, path):
    return os.path.relpath(path, root)


def stage(root, found):
    from dvc.dependency.param import ParamsDependency

    params = {}
    for dep in found.deps:
        if isinstance(dep, ParamsDependency):
            params.setdefault(relative(root, str(dep)) if os.path.isabs(str(dep)) else relative(root, dep.fs_path), []).extend(dep.params)
    commands = found.cmd if isinstance(found.cmd, list) else [found.cmd]
    return {
        "name": found.name,
        "cmd": commands,
        "wdir": relative(root, found.wdir),
        "deps": sorted(relative(root, dep.fs_path) for dep in found.deps if not isinstance(dep, ParamsDependency)),
        "outs": sorted([relative(root, out.fs_path), bool(out.use_cache), bool(out.metric), bool(out.plot)] for out in found.outs),
        "params": {path: sorted(names) for path, names in sorted(params.items())},
        "frozen": bool(found.frozen),
        "always_changed": bool(found.always_changed),
    }


def read(files):
    from dvc.repo import Repo

    with tempfile.TemporaryDirectory() as root:
        root = os.path.realpath(root)
        os.chdir(root)
        for path, text in files.items():
            if path.startswith(".dvc/"):
                continue
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as out:
                out.write(text)
        for folder in ("sub", "work", "a", "b"):
            os.makedirs(os.path.join(root, folder), exist_ok=True)
        config = files.get(".dvc/config", "")
        repo = Repo.init(root, no_scm=True, force=True)
        if config:
            with open(os.path.join(root, ".dvc", "config"), "w", encoding="utf-8") as out:
                out.write(config)
            repo = Repo(root)
        try:
            repo.check_graph(repo.index.stages)
            stages = [stage(root, found) for found in repo.index.stages]
            return {"stages": sorted(stages, key=lambda one: one["name"])}
        except Exception as e:  # what DVC says is the truth that is recorded
            return {"error": type(e).__name__ + ": " + str(e).replace(root, ".")}
        finally:
            repo.close()
            os.chdir("/")


def main():
    import logging

    import dvc

    logging.disable(logging.CRITICAL)
    truth = {"dvc": dvc.__version__, "cases": {name: read(files) for name, files in cases(sys.stdin.read()).items()}}
    json.dump(truth, sys.stdout, indent=1, sort_keys=True)
    print()


main()
