"""Resolves and installs a Python environment with uv, from the harness's own input, in a container that runs no student code.

    build_env.py resolve FOLDER CAP     reads FOLDER/requirements (NUMBER TAB NAME TAB REQUIREMENT) and FOLDER/constraints,
                                        writes FOLDER/lock and FOLDER/report
    build_env.py install FOLDER         reads FOLDER/lock, makes FOLDER/venv

CAP is the moment after whose uploads nothing is taken, or "-". Lines of the report, fields separated by tabs:

    requirement NUMBER too-new|no-version|no-wheel|other-python|unknown|conflict   what was wrong with one
    help cap|constraints                                                           what was needed beyond the first try
    ended resolved|unsatisfiable|unreachable                                       the last line

Exits with 0 whenever it could say how it ended.
"""

import concurrent.futures
import os
import re
import subprocess
import sys
import time

HOME = "/environments"
UV = "/opt/uv/bin/uv"
PYTHON = "/usr/bin/python3"
TRIES = 4
UNREACHABLE = re.compile(
    r"error sending request|dns error|connection (refused|reset|closed)|timed? ?out|tls handshake|invalid peer certificate"
    r"|HTTP status (server error|client error \((407|429))|error decoding response body|client error \(Connect\)",
    re.IGNORECASE,
)


class Unreachable(Exception):
    """The package index does not answer."""


def uv(folder, *arguments):
    """Runs uv in an empty directory; gives its exit code and what it printed. Waits for the index for a while."""
    empty = os.path.join(folder, "empty")
    os.makedirs(empty, exist_ok=True)
    environment = {**os.environ, "UV_CACHE_DIR": HOME + "/uv", "UV_LINK_MODE": "hardlink", "UV_PYTHON_DOWNLOADS": "never"}
    settings = [] if "UV_CONFIG_FILE" in environment else ["--no-config"]
    command = [UV, *arguments, "--no-progress", "--color", "never", *settings]
    for attempt in range(TRIES):
        done = subprocess.run(command, cwd=empty, env=environment, capture_output=True, text=True, errors="replace")
        if done.returncode == 0 or not UNREACHABLE.search(done.stderr):
            return done.returncode, done.stdout + done.stderr
        if attempt + 1 < TRIES:
            time.sleep(2**attempt)
    print(done.stderr)
    raise Unreachable


class Resolver:
    """Finds the pins for a list of requirements."""

    def __init__(self, folder, cap):
        self.folder = folder
        self.cap = None if cap == "-" else cap
        self.ages = []
        with open(folder + "/requirements") as lines:
            self.requirements = [line.rstrip("\n").split("\t") for line in lines]
        self.report = open(folder + "/report", "w")

    def say(self, *fields):
        print(*fields, sep="\t", file=self.report, flush=True)

    def compile(self, lines, name="all", cap="", constraints=False, alone=False, python=None):
        """Whether these requirements can be had together; what uv said."""
        source = f"{self.folder}/{name}.in"
        with open(source, "w") as file:
            file.writelines(line + "\n" for line in lines)
        arguments = ["pip", "compile", source, "--quiet", "--no-header", "--no-annotate", "--only-binary", ":all:"]
        arguments += ["--python", PYTHON, "--output-file", f"{self.folder}/{name}.lock"]
        cap = self.cap if cap == "" else cap
        arguments += ["--exclude-newer", cap] if cap else []
        arguments += [part for age in self.ages for part in ("--exclude-newer-package", age)]
        arguments += ["--constraint", self.folder + "/constraints"] if constraints else []
        arguments += ["--no-deps"] if alone else []
        arguments += ["--python-version", python] if python else []
        code, said = uv(self.folder, *arguments)
        return code == 0, said

    def resolve(self):
        lines = [requirement for _, _, requirement in self.requirements]
        resolved, said = self.compile(lines)
        if not resolved and self.cap and not self.compile(["setuptools"], "cap")[0]:
            if self.compile(["setuptools"], "cap", cap=None)[0]:
                self.say("help", "cap")
                self.cap = None
                resolved, said = self.compile(lines)
        if not resolved:
            lines = self.without_impossible()
            resolved, said = self.compile(lines)
        if not resolved:
            resolved, constrained = self.compile(lines, constraints=True)
            if resolved:
                self.say("help", "constraints")
        if not resolved:
            resolved, said = self.without_conflict(lines, said)
        print(said)
        if resolved:
            os.replace(self.folder + "/all.lock", self.folder + "/lock")
        self.say("ended", "resolved" if resolved else "unsatisfiable")

    def without_impossible(self):
        """The requirements, each of which can be had by itself: pins that cannot are loosened, packages that cannot are left out."""
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            verdicts = list(pool.map(self.alone, self.requirements))
        lines = []
        for (number, name, requirement), (verdict, line) in zip(self.requirements, verdicts):
            if verdict:
                self.say("requirement", number, verdict)
            if verdict == "too-new":
                self.ages.append(f"{name}=2100-01-01T00:00:00Z")
            if line:
                lines.append(line)
        return lines

    def alone(self, entry):
        number, name, requirement = entry
        file = "one-" + number
        possible, said = self.compile([requirement], file, alone=True)
        if possible:
            return None, requirement
        if self.cap and self.compile([requirement], file, cap=None, alone=True)[0]:
            return "too-new", requirement
        other = "3.13" if sys.version_info < (3, 13) else "3.11"
        elsewhere = self.compile([requirement], file, alone=True, python=other)[0]
        loose = self.compile([name], file, alone=True)[0]
        if elsewhere:
            return "other-python", name if loose else None
        if "not found in the package registry" in said:
            return "unknown", None
        without_wheel = re.search(r"no (usable )?wheels|no wheels with|has no .*wheel", said) is not None
        return "no-wheel" if without_wheel or not loose else "no-version", name if loose else None

    def without_conflict(self, lines, said):
        """Loosens the requirements that uv names in its explanation, then all that are left."""
        named = {
            number for number, name, _ in self.requirements if re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", said, re.I)
        }
        for loosened in (named, {number for number, _, _ in self.requirements}):
            loose = [name if number in loosened else line for (number, name, _), line in self.kept(lines)]
            resolved, said = self.compile(loose)
            if resolved:
                for number, name, requirement in self.requirements:
                    if number in loosened and requirement != name:
                        self.say("requirement", number, "conflict")
                return True, said
        return False, said

    def kept(self, lines):
        """Entries beside their line of `lines`, in which some may be missing."""
        rest = list(lines)
        for entry in self.requirements:
            if rest and (rest[0] == entry[2] or rest[0] == entry[1]):
                yield entry, rest.pop(0)


def install(folder):
    venv = folder + "/venv"
    steps = [
        ["venv", "--relocatable", "--python", PYTHON, venv],
        ["pip", "sync", folder + "/lock", "--python", venv + "/bin/python", "--only-binary", ":all:", "--allow-empty-requirements"],
    ]
    for step in steps:
        code, said = uv(folder, *step)
        if code != 0:
            print(said)
            return code
    add_byte_code(venv)
    return 0


def add_byte_code(venv):
    """Compiles each wheel once, in uv's cache, and links the result: a read-only environment could never keep it."""
    tag = sys.implementation.cache_tag
    site = f"{venv}/lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    marks = f"{HOME}/compiled/{tag}"
    os.makedirs(marks, exist_ok=True)
    fresh = [wheel for wheel in wheels_of(site) if not os.path.exists(f"{marks}/{os.path.basename(wheel)}")]
    if not fresh:
        return
    listing = "\n".join(fresh)
    arguments = ["-m", "compileall", "-q", "-j", "0", "-x", r"[.]data/", "--invalidation-mode", "unchecked-hash", "-i", "-"]
    subprocess.run([PYTHON, "-I", *arguments], input=listing, text=True, stdout=subprocess.DEVNULL)
    for wheel in fresh:
        link_byte_code(wheel, site, tag)
        open(f"{marks}/{os.path.basename(wheel)}", "w").close()


def wheels_of(site):
    """The folders of uv's cache that this environment is linked from."""
    archives = HOME + "/uv/archive-v0"
    installed = {os.stat(f"{site}/{name}/METADATA").st_ino for name in os.listdir(site) if name.endswith(".dist-info")}
    for archive in os.listdir(archives) if os.path.isdir(archives) else []:
        for name in os.listdir(f"{archives}/{archive}"):
            if name.endswith(".dist-info") and os.stat(f"{archives}/{archive}/{name}/METADATA").st_ino in installed:
                yield f"{archives}/{archive}"


def link_byte_code(wheel, site, tag):
    for folder, _, files in os.walk(wheel):
        if os.path.basename(folder) != "__pycache__":
            continue
        target = os.path.join(site, os.path.relpath(folder, wheel))
        if not os.path.isdir(os.path.dirname(target)):
            continue
        os.makedirs(target, exist_ok=True)
        for name in files:
            if tag in name and not os.path.exists(f"{target}/{name}"):
                os.link(f"{folder}/{name}", f"{target}/{name}")


def main():
    task, folder = sys.argv[1:3]
    os.umask(0o022)
    if task == "install":
        try:
            return install(folder)
        except Unreachable:
            return 75
    resolver = Resolver(folder, sys.argv[3])
    try:
        resolver.resolve()
    except Unreachable:
        resolver.say("ended", "unreachable")
    return 0


if __name__ == "__main__":
    sys.exit(main())
