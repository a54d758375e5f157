"""Builds a wheel of a folder or a source distribution, in a container without network: building runs the code of whoever wrote it.

    build_wheel.py SOURCE    SOURCE: a folder or archive that is only read; prints the wheel

Runs with the Python of an environment that holds what the build needs. The last thing printed is a line "--wheel NAME SIZE--" and SIZE bytes.
Ends with 3 where the build failed; what it said is printed then.
"""

import importlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile

SCRATCH = "/tmp/build"
OUT = "/tmp/wheel"


def unpacked(source):
    if os.path.isdir(source):
        shutil.copytree(source, SCRATCH, symlinks=True)
        return SCRATCH
    os.makedirs(SCRATCH)
    if source.endswith(".zip"):
        zipfile.ZipFile(source).extractall(SCRATCH)
    else:
        with tarfile.open(source) as archive:
            archive.extractall(SCRATCH, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    inside = os.listdir(SCRATCH)
    return os.path.join(SCRATCH, inside[0]) if len(inside) == 1 else SCRATCH


def backend():
    system = {}
    if os.path.exists("pyproject.toml"):
        with open("pyproject.toml", "rb") as file:
            system = tomllib.load(file).get("build-system", {})
    sys.path[:0] = [os.path.abspath(path) for path in system.get("backend-path", [])]
    name, _, attribute = system.get("build-backend", "setuptools.build_meta:__legacy__").partition(":")
    found = importlib.import_module(name)
    for part in filter(None, attribute.split(".")):
        found = getattr(found, part)
    return found


def build():
    """In a process of its own: whatever it prints or leaves behind is not what is read here."""
    os.makedirs(OUT, exist_ok=True)
    print("built", backend().build_wheel(OUT), flush=True)


def main():
    if sys.argv[1] == "--build":
        os.chdir(sys.argv[2])
        return build()
    folder = unpacked(sys.argv[1])
    done = subprocess.run(
        [sys.executable, os.path.abspath(__file__), "--build", folder],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )
    wheels = [name for name in os.listdir(OUT) if name.endswith(".whl")] if os.path.isdir(OUT) else []
    if done.returncode != 0 or len(wheels) != 1:
        print(done.stdout[-20000:])
        return 3
    path = os.path.join(OUT, wheels[0])
    sys.stdout.flush()
    out = sys.stdout.buffer
    out.write(f"\n--wheel {wheels[0]} {os.path.getsize(path)}--\n".encode())
    with open(path, "rb") as wheel:
        shutil.copyfileobj(wheel, out, 1 << 20)
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
