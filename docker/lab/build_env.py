"""Resolves and installs a Python environment with uv, from the harness's own input, in a container that runs no student code.

    build_env.py resolve FOLDER CAP     reads FOLDER/requirements (NUMBER TAB NAME TAB REQUIREMENT) and the lists below, writes
                                        FOLDER/lock and FOLDER/report
    build_env.py install FOLDER         reads FOLDER/lock, makes FOLDER/venv

CAP is the moment after whose uploads nothing is taken, or "-". Lists, all of them lines in FOLDER:

    constraints   what is tried where nothing else goes
    own           constraints of the submission
    month         the newest versions of CAP's time, for packages of which the index does not say when they were uploaded
    sources       packages that may come as source distributions; a line "*" allows every one, but those of lines "!NAME"; those of
                  lines "?NAME" are taken so where no wheel can be had
    links         folders with wheels

Nothing is built here. What has to be built is fetched, named in the report, and expected in one of the links when this is called again.
Lines of the report, fields separated by tabs:

    requirement NUMBER too-new|no-version|no-wheel|other-python|unknown|conflict   what was wrong with one
    requirement NUMBER conflict-here                                               contradicts what had to stand in for others
    requirement NUMBER dvc                                                         left out in favour of the others: it is a part of DVC
    help cap|constraints|free|undated [NAME ...]                                   what was needed beyond the first try
    source NAME VERSION FILE                                                       lies in FOLDER/sdists and is to be built
    ended resolved|sources|unsatisfiable|unreachable                               the last line

Exits with 0 whenever it could say how it ended.
"""

import base64
import concurrent.futures
import contextlib
import datetime
import functools
import glob
import hashlib
import netrc
import os
import re
import ssl
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import signs

HOME = "/environments"
UV = "/opt/uv/bin/uv"
PYTHON = "/usr/bin/python3"
PAUSES = (1, 4)
LONGEST = 600
ANSWER = 15  # seconds for which uv waits for the index to say something; with its retries less than a minute
# Whoever sets these lets uv wait for the index for as long as they say.
OWNERS_PATIENCE = {"UV_HTTP_TIMEOUT", "UV_HTTP_CONNECT_TIMEOUT", "UV_HTTP_RETRIES"}
UNREACHABLE = re.compile(
    r"error sending request|dns error|connection (refused|reset|closed)|timed? ?out|tls handshake|invalid peer certificate"
    r"|HTTP status (server error|client error \((401|403|407|429))|\((401|403|407) [A-Z]|error decoding response body"
    r"|client error \(Connect\)|could not be queried",
    re.IGNORECASE,
)
UNDATED = re.compile(r"^warning: `([^`]+)` is missing an upload date.*\n?", re.MULTILINE)
# Days after the commit's, where that has not got what is asked for.
LATER = (30, 90, 365)
# Of a requirement that is one exact version: its name with the extras, the version, the first number of it.
PIN = re.compile(r"(?P<name>[^=;]+?)\s*===?\s*(?P<version>(?P<first>\d{1,4})(?:\.\d{1,6}){0,3})\s*(?:;.*)?$")
WITHOUT_WHEEL = re.compile(r"no (usable )?wheels|no wheels with|has no .*wheel")
# DVC and what belongs to it: the grader's own runs the pipeline, so nothing else has to give way to these.
DVC = re.compile(r"dvc(-.+)?")
NOT_COMPILED = r"[.]data/|/tests?/"  # scripts, and the tests that packages bring: a third of all files, and nobody imports them


class Unreachable(Exception):
    """The package index does not answer as one."""


def uv(folder, *arguments, known=False):
    """Runs uv in an empty directory; gives its exit code and what it printed. Waits for the index for a while.

    Where `known`, what the index said within the age that `write_settings` was told is not asked again.
    """
    empty = os.path.join(folder, "empty")
    os.makedirs(empty, exist_ok=True)
    environment = {"UV_HTTP_RETRIES": "2", "UV_HTTP_TIMEOUT": str(ANSWER), **os.environ}
    environment |= {"UV_CACHE_DIR": HOME + "/uv", "UV_LINK_MODE": "hardlink", "UV_PYTHON_DOWNLOADS": "never"}
    if known and os.path.exists(folder + "/known.toml"):
        environment["UV_CONFIG_FILE"] = folder + "/known.toml"
        environment.pop("UV_DEFAULT_INDEX", None)
    elif os.path.exists(folder + "/uv.toml"):
        environment["UV_CONFIG_FILE"] = folder + "/uv.toml"
    settings = [] if "UV_CONFIG_FILE" in environment else ["--no-config"]
    command = [UV, *arguments, "--no-progress", "--color", "never", *settings]
    for pause in (*PAUSES, None):
        signs.works()
        with signs.patience() if OWNERS_PATIENCE & os.environ.keys() else contextlib.nullcontext():
            done = subprocess.run(
                command, cwd=empty, env=environment, capture_output=True, text=True, errors="replace", timeout=LONGEST
            )
        if done.returncode == 0 or not UNREACHABLE.search(done.stderr):
            return done.returncode, done.stdout + done.stderr
        if pause:
            time.sleep(pause)
    print(done.stderr)
    raise Unreachable


def write_settings(folder, age, tables=()):
    """Writes uv.toml, the settings of the host's owner and these tables, and known.toml, which trusts the cache for so many seconds."""
    owners = os.environ.get("UV_CONFIG_FILE")
    if owners:
        tables = [line + "\n" for line in lines_of(owners)] + list(tables)
    elif age > 0 and (address := default_index(folder)):
        control = f'{{ api = "max-age={age}", files = "max-age=31536000, immutable" }}'
        index = f'[[index]]\nurl = "{address}"\ndefault = true\ncache-control = {control}\n'
        write(folder + "/known.toml", [index, *tables])
    if tables:
        write(folder + "/uv.toml", tables)


@functools.cache
def default_index(folder):
    """The address of the index in force; uv tells its own."""
    set_by_owner = os.environ.get("UV_DEFAULT_INDEX")
    if set_by_owner:
        return set_by_owner
    write(folder + "/nothing.in", [])
    said = uv(folder, "pip", "compile", folder + "/nothing.in", "--emit-index-url", "--no-header", "--quiet", "--offline")[1]
    found = re.search(r"^--index-url (\S+)$", said, re.MULTILINE)
    return found and found.group(1)


def write(path, parts):
    """Readable for its owner alone: the address of an index may hold a password."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(parts)


def normalized(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def speaks_of(name, said):
    """Whether uv names a package in what it says."""
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", said, re.I) is not None


def lines_of(path):
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return [line.rstrip("\n") for line in file if line.strip()]


class Resolver:
    """Finds the pins for a list of requirements."""

    def __init__(self, folder, cap):
        self.folder = folder
        self.cap = self.day = None if cap == "-" else cap
        self.undated = set()
        self.ageless = set()
        self.requirements = [line.split("\t") for line in lines_of(folder + "/requirements")]
        sources = lines_of(folder + "/sources")
        self.any_source = "*" in sources
        self.sources = {normalized(name) for name in sources if name[0] not in "*!?"}
        self.never = {normalized(name[1:]) for name in sources if name[0] == "!"}
        self.spare = {normalized(name[1:]) for name in sources if name[0] == "?"} - self.never
        self.own = lines_of(folder + "/own")
        self.links = [link for link in lines_of(folder + "/links") if os.path.isdir(link)]
        self.built = {}
        self.replaced = set()
        self.describe_sources()
        self.report = open(folder + "/report", "w")

    def say(self, *fields):
        print(*fields, sep="\t", file=self.report, flush=True)

    def describe_sources(self):
        """Tells uv not to ask source distributions what they need, which would run them: the wheel says so once it is built."""
        tables = [
            f'[[dependency-metadata]]\nname = "{name}"\nrequires-dist = []\n' for name in sorted(self.sources - self.built.keys())
        ]
        write_settings(self.folder, self.seconds_since_cap(), tables)

    def seconds_since_cap(self):
        """What the index said since then holds: whatever was uploaded later does not count."""
        moment = datetime.datetime.fromisoformat(self.cap).timestamp() if self.cap else time.time()
        return int(time.time() - moment)

    def compile(self, lines, name="all", cap="", constraints=False, alone=False, python=None, lowest=False):
        """Whether these requirements can be had together; what uv said."""
        source = self.written(name + ".in", lines)
        arguments = ["pip", "compile", source, "--no-header", "--no-annotate", "--only-binary", ":all:"]
        arguments += ["--python", PYTHON, "--output-file", f"{self.folder}/{name}.lock"]
        cap = self.cap if cap == "" else cap
        arguments += ["--exclude-newer", cap] if cap else []
        arguments += [part for age in sorted(self.ageless) for part in ("--exclude-newer-package", age + "=false")]
        arguments += ["--constraint", self.folder + "/constraints"] if constraints else []
        arguments += ["--constraint", self.written("own.in", self.own)] if self.own and not alone else []
        arguments += ["--constraint", self.of_the_month()] if self.undated and not alone else []
        pins = [f"{built}=={version}" for built, version in self.built.items()]
        arguments += ["--constraint", self.written("built.in", pins)] if pins and not alone else []
        arguments += [part for link in self.links for part in ("--find-links", link)]
        arguments += [part for one in sorted(self.sources - self.built.keys()) for part in ("--no-binary", one)]
        arguments += ["--no-deps"] if alone else []
        arguments += ["--resolution", "lowest"] if lowest else []
        arguments += ["--python-version", python] if python else []
        try:
            code, said = uv(self.folder, *arguments, known=bool(cap) and cap == self.day and not self.ageless)
        except subprocess.TimeoutExpired:
            self.demand_index()
            return False, f"no answer was found within {LONGEST} s"
        return code == 0, said

    def demand_index(self):
        """Raises where the index is the one that is slow, not the search for versions that go together."""
        try:
            uv(self.folder, "pip", "compile", "--no-cache", "--no-deps", "--quiet", self.written("probe.in", ["setuptools"]))
        except subprocess.TimeoutExpired:
            raise Unreachable from None

    def written(self, name, lines):
        with open(f"{self.folder}/{name}", "w") as file:
            file.writelines(line + "\n" for line in lines)
        return file.name

    def of_the_month(self):
        """Constraints for the packages without upload times, but those that are pinned anyway."""
        pinned = {normalized(name) for _, name, line in self.requirements if "==" in line}
        with open(self.folder + "/month") as file:
            newest = {normalized(re.split("[<>=~!]", line)[0]): line.strip() for line in file if line.strip()}
        named = newest if self.cap is None else self.undated
        return self.written("month.in", [line for name, line in newest.items() if name in named and name not in pinned])

    def compile_dated(self, lines, **options):
        """As `compile`; packages of which the index gives no upload times are taken without asking for them."""
        for _ in range(30):
            resolved, said = self.compile(lines, **options)
            missing = {normalized(file.split("-")[0]) for file in UNDATED.findall(said)}
            said = UNDATED.sub("", said)
            if resolved or self.cap is None or missing <= self.undated:
                break
            self.undated |= missing
            self.ageless |= missing
            if "setuptools" in missing:
                self.cap = None
        return resolved, said

    def resolve(self):
        resolved, said = self.search()
        for _ in range(4):
            missing = self.to_build() if resolved else []
            if not resolved or not self.sources or missing or not self.take_built():
                break
            resolved, said = self.search()
        print(said)
        if self.undated:
            self.say("help", *(["cap"] if self.cap is None else ["undated", *sorted(self.undated)]))
        if resolved and missing:
            self.fetch_sources(missing)
            self.say("ended", "sources")
            return
        if resolved:
            os.replace(self.folder + "/all.lock", self.folder + "/lock")
        self.say("ended", "resolved" if resolved else "unsatisfiable")

    def search(self):
        """One way through all that can be tried; what the report says of an earlier one does not count any more."""
        self.report.seek(0)
        self.report.truncate()
        lines = {number: requirement for number, _, requirement in self.requirements}
        resolved, said = self.compile_dated(lines.values())
        if not resolved and self.take_spare(said):
            resolved, said = self.compile_dated(lines.values())
        if not resolved:
            ways = self.without_impossible()
            for further in range(max(map(len, ways.values()), default=1)):
                lines = {number: way[min(further, len(way) - 1)] for number, way in ways.items()}
                resolved, said = self.with_or_without_dvc(lines)
                if resolved:
                    break
        if not resolved and self.own:
            self.own = []
            resolved, said = self.compile_dated(lines.values())
            if resolved:
                self.say("help", "free")
        if not resolved:
            resolved, constrained = self.compile(lines.values(), constraints=True)
            if resolved:
                self.say("help", "constraints")
        if not resolved:
            resolved, said = self.without_conflict(lines, said)
        return resolved, said

    def take_spare(self, said):
        """Allows source distributions of those for want of whose wheels nothing goes together; False where it is not for that."""
        found = {name for name in self.spare if speaks_of(name, said)}
        if not found or not WITHOUT_WHEEL.search(said):
            return False
        self.sources |= found
        self.spare -= found
        self.describe_sources()
        return True

    def with_or_without_dvc(self, lines):
        resolved, said = self.compile_dated(lines.values())
        parts = {number for number, name, _ in self.requirements if number in lines and DVC.fullmatch(normalized(name))}
        rest = [line for number, line in lines.items() if number not in parts]
        if not resolved and parts and self.compile_dated(rest)[0]:
            for number in sorted(parts):
                self.say("requirement", number, "dvc")
            return True, ""
        return resolved, said

    def pins(self):
        """Of the packages that come as source distributions."""
        for line in lines_of(self.folder + "/all.lock"):
            name, _, version = line.split(";")[0].strip().partition("==")
            if normalized(name) in self.sources and version:
                yield normalized(name), version

    def wheel(self, name, version):
        for link in self.links:
            for file in glob.glob(link + "/*.whl"):
                parts = os.path.basename(file).split("-")
                if normalized(parts[0]) == name and parts[1] == version.replace("-", "_"):
                    return file
        return None

    def to_build(self):
        return [(name, version) for name, version in self.pins() if not self.wheel(name, version)]

    def take_built(self):
        """From now on the wheels that were built count, with what they say that they need; False where nothing changes by that."""
        found = {name: version for name, version in self.pins() if name not in self.built}
        self.built |= found
        self.describe_sources()
        return bool(found)

    def fetch_sources(self, wanted):
        """Fetches source distributions; runs nothing of them."""
        os.makedirs(self.folder + "/sdists", exist_ok=True)
        listed = self.folder + "/pylock.toml"
        exact = [f"{name}=={version}" for name, version in wanted]
        arguments = ["pip", "compile", self.written("sdists.in", exact), "--no-deps", "--only-binary", ":all:"]
        arguments += [part for name, _ in wanted for part in ("--no-binary", name)]
        arguments += ["--python", PYTHON, "--format", "pylock.toml", "--output-file", listed, "--quiet"]
        code, said = uv(self.folder, *arguments)
        if code != 0:
            print(said)
            raise Unreachable
        with open(listed, "rb") as file:
            packages = tomllib.load(file)["packages"]
        for package in packages:
            sdist = package["sdist"]
            url = sdist.get("url") or urllib.request.pathname2url(sdist["path"])
            name = sdist.get("name") or urllib.parse.unquote(url.rsplit("/", 1)[1].split("#")[0])
            fetch(url, f"{self.folder}/sdists/{name}", sdist["hashes"].get("sha256"))
            self.say("source", normalized(package["name"]), package["version"], name)

    def without_impossible(self):
        """By number the ways to have each requirement by itself, the truest first; those that cannot be had in any way are left out."""
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            verdicts = list(pool.map(self.alone, self.requirements))
        ways, new, self.replaced = {}, set(), set()
        for (number, name, _), (verdict, way) in zip(self.requirements, verdicts):
            if verdict == "unknown" and name == "setuptools":
                print("setuptools, which every index has, was not found")
                raise Unreachable
            if verdict == "source":
                self.sources.add(normalized(name))
            elif verdict:
                self.say("requirement", number, verdict)
            if verdict == "too-new":
                new.add(normalized(name))
            if verdict in ("no-wheel", "other-python"):
                self.replaced.add(number)
            if way:
                ways[number] = way
        self.describe_sources()
        if new and not self.wait_for([way[0] for way in ways.values()]):
            self.ageless |= new
        return ways

    def wait_for(self, lines):
        """Moves the day to the first on which they can be had together: what is asked for was there, on the author's machine at least."""
        day, now = datetime.datetime.fromisoformat(self.cap), datetime.datetime.now(datetime.timezone.utc)
        moments = (min(day + datetime.timedelta(days), now) for days in LATER)
        for later in dict.fromkeys(moment.strftime("%Y-%m-%dT00:00:00Z") for moment in moments):
            if self.compile(lines, cap=later)[0]:
                self.cap = later
                self.say("help", "later " + later[:10])
                return True
        return False

    def alone(self, entry):
        """What is wrong with a requirement by itself, or None, and the ways to have it."""
        number, name, requirement = entry
        file = "one-" + number
        possible, said = self.compile([requirement], file, alone=True)
        if possible:
            return None, [requirement]
        if self.cap and self.compile([requirement], file, cap=None, alone=True)[0]:
            return "too-new", [requirement]
        other = "3.13" if sys.version_info < (3, 13) else "3.11"
        elsewhere = self.compile([requirement], file, alone=True, python=other)[0]
        way = list(self.instead(name, requirement, file))
        if elsewhere:
            return "other-python", way
        if "not found in the package registry" in said:
            return "unknown", []
        without_wheel = WITHOUT_WHEEL.search(said) is not None
        if self.any_source and without_wheel and normalized(name) not in self.sources | self.never:
            return "source", [requirement]
        return "no-wheel" if without_wheel or not way else "no-version", way

    def instead(self, name, requirement, file):
        """What stands in for one that cannot be had: the next newer version that can, those with its first number, any."""
        pin = PIN.match(requirement)
        nearer = pin and f"{pin['name']}>={pin['version']},<{int(pin['first']) + 1}"
        if nearer and self.compile([nearer], file, alone=True, lowest=True)[0]:
            nearest = lines_of(f"{self.folder}/{file}.lock")[-1].split(";")[0].partition("==")[2].strip()
            yield f"{pin['name']}=={nearest}"
            yield nearer
            yield name
        elif self.compile([name], file, alone=True)[0]:
            yield name

    def without_conflict(self, lines, said):
        """Loosens the requirements that uv names in its explanation, then all that are left."""
        ours = bool(self.replaced) or WITHOUT_WHEEL.search(said) is not None
        named = {number for number, name, _ in self.requirements if speaks_of(name, said)}
        kept = [(number, name, lines[number]) for number, name, _ in self.requirements if number in lines]
        for loosened in (named, {number for number, _, _ in self.requirements}):
            resolved, said = self.compile([name if number in loosened else line for number, name, line in kept])
            if resolved:
                changed = [entry for entry in self.requirements if entry[0] in loosened - self.replaced and entry[0] in lines]
                with concurrent.futures.ThreadPoolExecutor(4) as pool:
                    for entry, held in zip(changed, pool.map(self.holds, changed)):
                        if not held:
                            self.say("requirement", entry[0], "conflict-here" if ours else "conflict")
                return True, said
        return False, said

    def holds(self, entry):
        """Whether a requirement that was loosened got what it asks for all the same."""
        number, name, requirement = entry
        pins = [line.split(";")[0].strip() for line in lines_of(self.folder + "/all.lock")]
        got = [pin for pin in pins if normalized(pin.split("==")[0]) == normalized(name)]
        return requirement == name or (got and self.compile([requirement, *got], "held-" + number, cap=None, alone=True)[0])


def fetch(url, target, sha256):
    """Downloads a file with what the host's owner has set: proxy, certificates, names and passwords. Tries again as `uv` does."""
    for pause in (*PAUSES, None):
        signs.works()
        try:
            with opener(url).open(request(url), timeout=40) as answer, open(target, "wb") as file:
                digest = hashlib.sha256()
                while chunk := answer.read(1 << 20):
                    digest.update(chunk)
                    file.write(chunk)
            if sha256 and digest.hexdigest() != sha256:
                raise OSError(f"{url} does not have the content that the index promises")
            return
        except OSError as problem:
            print(f"error: {problem}")
            if pause is None:
                raise Unreachable from problem
            time.sleep(pause)


def opener(url):
    host = urllib.parse.urlsplit(url).hostname or ""
    context = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE"))
    if host in re.split(r"[ ,:]+", os.environ.get("UV_INSECURE_HOST", "")):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))


def request(url):
    """With the word of authorization that the address, that of an index on the same host, or .netrc gives."""
    parts = urllib.parse.urlsplit(url)
    plain = urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))
    asked = urllib.request.Request(plain)
    indexes = re.split(r"\s+", os.environ.get("UV_DEFAULT_INDEX", "") + " " + os.environ.get("UV_INDEX", ""))
    for known in (url, *(index.rpartition("=")[2] if "=http" in index else index for index in indexes)):
        other = urllib.parse.urlsplit(known)
        if other.username and other.netloc.rpartition("@")[2] == parts.netloc.rpartition("@")[2]:
            pair = urllib.parse.unquote(other.username) + ":" + urllib.parse.unquote(other.password or "")
            break
    else:
        file = os.environ.get("NETRC")
        found = netrc.netrc(file).authenticators(parts.hostname) if file and os.path.exists(file) else None
        pair = f"{found[0]}:{found[2]}" if found else None
    if pair:
        asked.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    return asked


def forget_removed_wheels():
    """Wheels of a folder are taken for unpacked as long as uv's note on them is there, even where the cap of the cache removed them."""
    for wheel in glob.glob(HOME + "/uv/wheels-v*/index/*/*/*"):
        if os.path.islink(wheel) and not os.path.exists(wheel):
            for note in (wheel + ".rev", wheel):
                with contextlib.suppress(FileNotFoundError):
                    os.remove(note)


def install(folder):
    venv = folder + "/venv"
    links = [part for link in lines_of(folder + "/links") if os.path.isdir(link) for part in ("--find-links", link)]
    steps = [
        ["venv", "--relocatable", "--python", PYTHON, venv],
        ["pip", "sync", folder + "/lock", "--python", venv + "/bin/python", "--only-binary", ":all:", "--allow-empty-requirements", *links],
    ]
    forget_removed_wheels()
    write_settings(folder, 31536000)
    for step in steps:
        code, said = uv(folder, *step, known=True)
        if code != 0:
            code, said = uv(folder, *step)
        if code != 0:
            print(said)
            return code
    add_byte_code(venv)
    add_own_layer(venv)
    return 0


def add_own_layer(venv):
    """Lets the submission's own packages be found where they are mounted, if they are."""
    with open(f"{site_of(venv)}/labharness.pth", "w") as file:
        file.write('import os, site; os.path.isdir("/env-own/site") and site.addsitedir("/env-own/site")\n')


def site_of(venv):
    return f"{venv}/lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"


def add_byte_code(venv):
    """Compiles each wheel once, in uv's cache, and links the result: a read-only environment could never keep it."""
    tag = sys.implementation.cache_tag
    site = site_of(venv)
    marks = f"{HOME}/compiled/{tag}"
    os.makedirs(marks, exist_ok=True)
    wheels = list(wheels_of(site))
    with open(venv + "/labharness-wheels", "w") as file:
        file.writelines(os.path.basename(wheel) + "\n" for wheel in wheels)
    fresh = [wheel for wheel in wheels if not marked(f"{marks}/{os.path.basename(wheel)}")]
    if not fresh:
        return
    listing = "\n".join(fresh)
    arguments = ["-m", "compileall", "-q", "-j", "0", "-x", NOT_COMPILED, "--invalidation-mode", "unchecked-hash", "-i", "-"]
    subprocess.run([PYTHON, "-I", *arguments], input=listing, text=True, stdout=subprocess.DEVNULL)
    for wheel in fresh:
        link_byte_code(wheel, site, tag)
        with open(f"{marks}/{os.path.basename(wheel)}", "w") as mark:
            print(size_of(wheel), file=mark)


def marked(path):
    return os.path.exists(path) and os.path.getsize(path) > 0


def size_of(folder):
    return sum(os.lstat(os.path.join(place, name)).st_size for place, _, files in os.walk(folder) for name in files)


def wheels_of(site):
    """The folders of uv's cache that this environment is linked from."""
    archives = HOME + "/uv/archive-v0"
    installed = {os.stat(f"{site}/{name}/METADATA").st_ino for name in os.listdir(site) if name.endswith(".dist-info")}
    for archive in os.listdir(archives) if os.path.isdir(archives) else []:
        for name in list_of(f"{archives}/{archive}"):
            metadata = f"{archives}/{archive}/{name}/METADATA"
            if name.endswith(".dist-info") and os.path.exists(metadata) and os.stat(metadata).st_ino in installed:
                yield f"{archives}/{archive}"


def list_of(folder):
    """Its entries; none where somebody else has just removed it."""
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []


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
