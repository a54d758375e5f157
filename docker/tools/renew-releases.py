#!/usr/bin/env python3
"""Writes anew which version of some packages was the newest at which day, from a package index that gives upload times.

    docker/tools/renew-releases.py INDEX    such as the address that pip is configured with, ending in /simple

The list is for indexes that give none: see docs/environments.md. Add a package by adding its name below; needs nothing but Python.
"""

import json
import os
import re
import sys
import urllib.request

PACKAGES = """dvc fastapi flask lightgbm matplotlib mlflow mlflow-skinny mlflow-tracing numpy pandas pathspec pyarrow pydantic scikit-learn
scipy setuptools skops sqlalchemy torch torchvision transformers xgboost""".split()
SINCE = "2022-01-01"
FINAL = re.compile(r"\d+(\.\d+)*(\.post\d+)?")
HERE = os.path.dirname(os.path.abspath(__file__))
TARGET = HERE + "/../../pipeline-runner/src/main/resources/org/labharness/pipeline/environment/releases.tsv"


def releases(index, name):
    """Versions in the order of their first upload, with the day."""
    accept = {"Accept": "application/vnd.pypi.simple.v1+json"}
    with urllib.request.urlopen(urllib.request.Request(f"{index.rstrip('/')}/{name}/", headers=accept)) as answer:
        page = json.load(answer)
    first = {}
    for file in page["files"]:
        match = re.match(r"[^-]+-([^-]+)(-.*\.whl|\.tar\.gz|\.zip)$", file["filename"].replace(name + "-", "x-"))
        if match and FINAL.fullmatch(match.group(1).removesuffix(".tar.gz")) and not file.get("yanked"):
            version = match.group(1)
            day = file["upload-time"][:10]
            first[version] = min(day, first.get(version, day))
    return sorted(first.items(), key=lambda one: (one[1], number(one[0])))


def number(version):
    return [int(part) for part in re.findall(r"\d+", version)]


def main():
    lines = []
    for name in PACKAGES:
        newest = []
        known = None
        for version, day in releases(sys.argv[1], name):
            if number(version) > newest:
                newest = number(version)
                if day < SINCE:
                    known = (name, version, SINCE)
                    continue
                if known:
                    lines.append(known)
                    known = None
                lines.append((name, version, day))
        if known:
            lines.append(known)
    with open(TARGET, "w") as file:
        file.write("# package, version, day from which on it was the newest; written by docker/tools/renew-releases.py\n")
        file.writelines("\t".join(line) + "\n" for line in lines)


if __name__ == "__main__":
    main()
