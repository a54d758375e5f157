"""Runs the pytest files of a lab over the evidence of one submission, and tells the harness what each test found.

    custom_check.py TARGET      a file or folder below /suite; the evidence is /evidence/evidence.json, the submission's files are /tree

Everything that is told is a line on standard output: the word of LAB_WORD, a space, and a JSON object of less than 4,096 bytes, so
that a line is written as a whole. The word is known to the harness and this process only: it leaves the environment before any test
runs, and nobody else of the same user can read this process's memory. The end of what pytest and the tests print comes last, on standard
error.

    {"found": {file, name, title}}                                 a test
    {"fault": {file, line, message}}                               a mistake of the lab's: no test can be had from the file
    {"result": {file, name, case, outcome, message, line}}         outcome passed, failed, broken (a mistake of the lab's) or skipped
    {"end": CODE}                                                  all is told; pytest's exit code

A test is named without its parameters, which are the case: one name may have several results.
"""

import csv
import ctypes
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml

SUITE, TREE, EVIDENCE = Path("/suite"), Path("/tree"), Path("/evidence/evidence.json")
SETTINGS = "/opt/lab/lib/pytest.ini"
PR_SET_DUMPABLE = 4
MOST_TESTS = 500
MOST_NAME, MOST_ERROR, MOST_MESSAGE, MOST_LOG = 200, 400, 1200, 32 << 10
# What a test meets that takes a submission's files for what they are not. Anything else that is raised is a mistake in the test.
MET_IN_FILES = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    csv.Error,
    yaml.YAMLError,
    subprocess.SubprocessError,
)


class Results:
    """The lines that the harness reads; the descriptor is passed on to no other process."""

    def __init__(self, descriptor, word):
        self.descriptor, self.word = descriptor, word

    def tell(self, **what):
        line = f"{self.word} {json.dumps(what, ensure_ascii=False)}\n".encode("utf-8", "replace")
        os.write(self.descriptor, line)


def short(text, most):
    """One line of what can be printed, of so many bytes at most."""
    words = " ".join(str(text).split())
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in words)
    return plain.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")


def place(excinfo):
    """The last line of the lab's own files that led to it, and what stands there; 0 where there is none."""
    entries = [entry for entry in excinfo.traceback if str(entry.path).startswith(f"{SUITE}/")]
    return (entries[-1].lineno + 1, short(entries[-1].statement, MOST_NAME)) if entries else (0, "")


def in_tree(error):
    name = error.filename
    return isinstance(name, (str, bytes)) and os.path.abspath(os.fsdecode(name)).startswith(f"{TREE}/")


def judged(excinfo):
    """Whose doing it is that a test did not pass, and the words for it."""
    error = excinfo.value
    if isinstance(error, AssertionError):
        # What the author wrote stands before what pytest says of the values; of that the first line says it.
        written, _, explained = f"\n{error}".partition("\nassert ")
        first = f"assert {explained.splitlines()[0]}" if explained else "an assertion does not hold"
        return "failed", written.strip() or first
    if isinstance(error, pytest.fail.Exception):
        return "failed", error.msg or "it failed"
    if isinstance(error, OSError) and in_tree(error):
        name = os.path.relpath(os.path.abspath(os.fsdecode(error.filename)), TREE)
        missing = isinstance(error, FileNotFoundError)
        return "failed", f"there is no {name}" if missing else f"{name} cannot be read: {error.strerror}"
    if isinstance(error, pytest.FixtureLookupError):
        return "broken", f"there is no fixture '{error.argname}'"
    said = short(f"{type(error).__name__}: {error}", MOST_ERROR)
    if not isinstance(error, MET_IN_FILES):
        return "broken", said
    line, statement = place(excinfo)
    return "failed", f"the test stopped at {said}" + (f" (its line {line}: {statement})" if line else "")


@pytest.fixture(scope="session")
def evidence():
    """All that the harness found out about the submission, as evidence.json has it."""
    return json.loads(EVIDENCE.read_text("utf-8"))


@pytest.fixture(scope="session")
def tree():
    """The folder with the submission's files as they were after the run."""
    return TREE


class Listener:
    """Tells what pytest finds."""

    def __init__(self, results):
        self.results = results
        self.phases = {}

    @staticmethod
    def names(item):
        chain = [part.name for part in item.listchain() if isinstance(part, pytest.Class)]
        name = getattr(item, "originalname", None) or item.name
        case = item.callspec.id if hasattr(item, "callspec") else ""
        return {"file": short(item.path.relative_to(SUITE), MOST_NAME), "name": short("::".join([*chain, name]), MOST_NAME)}, case

    def pytest_collection_modifyitems(self, items):
        if len(items) > MOST_TESTS:
            self.fault("", 0, f"there are {len(items)} tests, at most {MOST_TESTS} are run")
            del items[MOST_TESTS:]
        for item in items:
            about = (getattr(getattr(item, "obj", None), "__doc__", None) or "").strip()
            title = short(about.splitlines()[0], MOST_NAME) if about else ""
            self.results.tell(found={**self.names(item)[0], "title": title})

    def fault(self, file, line, message):
        self.results.tell(fault={"file": short(file, MOST_NAME), "line": line, "message": short(message, MOST_MESSAGE)})

    def pytest_collectreport(self, report):
        if report.failed:
            lines = [line.strip() for line in str(report.longrepr).splitlines() if line.strip()]
            errors = [line[2:].strip() for line in lines if line.startswith("E ")]
            self.fault(report.nodeid.split("::")[0], 0, (errors or lines or ["it cannot be read"])[-1])

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        outcome, message, line = self.phases.get(item.nodeid, ("passed", "", 0))
        if outcome == "passed":
            outcome, message, line = self.phase(report, call)
        self.phases[item.nodeid] = (outcome, message, line)
        if call.when == "teardown":
            names, case = self.names(item)
            self.results.tell(
                result={
                    **names,
                    "case": short(case, MOST_NAME),
                    "outcome": outcome,
                    "message": short(message.replace(f"{TREE}/", ""), MOST_MESSAGE),
                    "line": line,
                }
            )
        return report

    @staticmethod
    def phase(report, call):
        if report.skipped:
            return "skipped", getattr(report, "wasxfail", "") or str(getattr(call.excinfo, "value", "")), 0
        if report.failed and call.excinfo is None:
            # Of subtests; or an expected failure that did not come.
            return ("broken" if "XPASS" in str(report.longrepr) else "failed"), str(report.longrepr), 0
        if report.failed:
            outcome, message = judged(call.excinfo)
            # Cleaning up is the lab's own business.
            return ("broken" if call.when == "teardown" else outcome), message, place(call.excinfo)[0]
        return "passed", "", 0


def run(target, results):
    code = pytest.main(
        [
            f"--config-file={SETTINGS}",
            f"--rootdir={SUITE}",
            f"--confcutdir={SUITE}",
            "--continue-on-collection-errors",
            "--color=no",
            "--tb=short",
            "--show-capture=no",
            "-p",
            "no:cacheprovider",
            str(SUITE / target),
        ],
        plugins=[Listener(results), sys.modules[__name__]],
    )
    results.tell(end=int(code))


def main(target):
    word = os.environ.pop("LAB_WORD")
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    results, errors = Results(os.dup(1), word), os.dup(2)
    os.chdir(SUITE)
    with tempfile.TemporaryFile() as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        try:
            run(target, results)
        finally:
            os.dup2(errors, 2)
            size = log.seek(0, os.SEEK_END)
            log.seek(max(0, size - MOST_LOG))
            os.write(2, log.read(MOST_LOG))


if __name__ == "__main__":
    main(sys.argv[1])
