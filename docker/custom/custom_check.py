"""Runs the pytest files of a lab over the evidence of one submission, and tells the harness what each test found.

    custom_check.py TARGET      a file or folder below /suite; the evidence is /evidence/evidence.json, the submission's files are /tree

Everything that is told is a line on standard output: the word of LAB_WORD, a space, and a JSON object of less than 4,096 bytes, so
that a line is written as a whole. The word is known to the harness and this program only: it leaves the environment before any test
runs, and nobody else of the same user can read its memory. The end of what pytest and the tests print comes last, on standard
error.

    {"found": {file, name, title}}                                 a test
    {"fault": {file, line, message}}                               a mistake of the lab's: no test can be had from the file
    {"result": {file, name, case, outcome, message, line}}         outcome passed, failed, broken (a mistake of the lab's) or skipped
    {"started": {program}}                                         the tests start a program of the submission
    {"signalled": {}}                                              the tests send themselves a signal
    {"end": CODE}                                                  all is told; pytest's exit code
    {"beat": SECONDS}                                              the tests are looked after, so long after their start
    {"killed": {signal}}                                           the tests were ended, or stopped, by a signal

A test is named without its parameters, which are the case: one name may have several results. Two processes share the work: the tests run
in the second, and the first, which runs nothing of anybody's, sees how that ends. A program of the submission that a test starts
is of the same user, so it can kill either; who did it is found from what was told before.
"""

import contextlib
import ctypes
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

import pytest

sys.path.insert(0, "/opt/lab/lib")
from custom_fault import TimeUp, judged, place, short, waited  # noqa: E402
from custom_watch import SUITE as SUITE_PATH  # noqa: E402
from custom_watch import TREE as TREE_PATH  # noqa: E402
from custom_watch import Watch, groups_of_their_own  # noqa: E402

sys.path.pop(0)

SUITE, TREE, EVIDENCE = Path(SUITE_PATH), Path(TREE_PATH), Path("/evidence/evidence.json")
SETTINGS = "/opt/lab/lib/pytest.ini"
PR_SET_DUMPABLE = 4
MOST_TESTS = 500
MOST_NAME, MOST_MESSAGE, MOST_LOG = 200, 1200, 32 << 10
# Bytes of the tests' own data, below what the container has, so that a file too large for a test is an error in it and not the end of all.
MOST_DATA = 448 << 20
# Of the time of all tests, what is left to tell what was found; seconds for which a program of the submission has to run to be to blame.
SHARE, LEAST = 0.9, 20
LOOK, BEAT = 0.2, 5
# Of proc_pid_stat(5), behind the name: when a process started, which tells it from another that has its id later.
STARTED = 19
MOST_ROUNDS = 100
# Signals that are left as they are: those that cannot be caught, those of a crash, and those that Python itself ignores.
LEFT = {"KILL", "STOP", "CHLD", "CONT", "WINCH", "URG", "SEGV", "BUS", "FPE", "ILL", "ABRT", "SYS", "TRAP", "PIPE", "XFSZ"}


class Results:
    """The lines that the harness reads; the descriptor is passed on to no other process."""

    def __init__(self, descriptor, word):
        self.descriptor, self.word = descriptor, word

    def tell(self, **what):
        line = f"{self.word} {json.dumps(what, ensure_ascii=False)}\n".encode("utf-8", "replace")
        os.write(self.descriptor, line)


class Clock:
    """Ends the test that runs when nearly all time is over, so that what was found before is told, and the others with their reason."""

    def __init__(self, seconds, watch, spared):
        self.watch, self.spared = watch, spared
        self.armed, self.words, self.program = False, "", ""
        self.until = time.monotonic() + seconds * SHARE
        signal.signal(signal.SIGALRM, self.ring)
        signal.setitimer(signal.ITIMER_REAL, seconds * SHARE)

    def ring(self, number, frame):
        if time.monotonic() < self.until - 0.1 or self.words:
            return  # somebody else's signal
        ran = time.monotonic() - self.watch.since
        living = self.end_others()
        # One that an earlier test started may well run on by the lab's will.
        self.program = self.watch.program if living and self.watch.fresh and ran >= LEAST else ""
        self.words = waited(self.program, ran) if self.program else "it was still running when the time of all tests was over"
        if self.armed:
            raise TimeUp(self.words, self.program)

    def others(self):
        """Whatever the tests started that is there: its id, when it started, its state."""
        for name in os.listdir("/proc"):
            if not name.isdigit() or int(name) in (1, *self.spared):
                continue
            try:
                state = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            yield int(name), state[STARTED], state[0]

    def send_others(self, number, at_rest, kept=frozenset()):
        """Sends a signal to whatever the tests started but what is kept; whether anything of it was in another state than at rest."""
        living = False
        for pid, started, state in self.others():
            if (pid, started) not in kept:
                living |= state not in at_rest
                with contextlib.suppress(OSError):  # it has ended meanwhile
                    os.kill(pid, number)
        return living

    def end_others(self, kept=frozenset()):
        """Kills whatever the tests started, for which they may wait; whether there was anything."""
        return self.send_others(signal.SIGKILL, "Z", kept)

    def end_left(self, kept):
        """What a test leaves behind ends with it; what a fixture started before is kept. What is stopped first cannot multiply meanwhile."""
        for _ in range(MOST_ROUNDS):
            if not self.send_others(signal.SIGSTOP, "TZ", kept):
                break
        self.end_others(kept)

    def during(self):
        if self.words:
            raise TimeUp(f"it was not reached: {self.words}" if self.program else "it was not reached in the time of all tests", self.program)
        self.armed = True
        try:
            return (yield)
        finally:
            self.armed = False


@pytest.fixture(scope="session")
def evidence():
    """All that the harness found out about the submission, as evidence.json has it."""
    return json.loads(EVIDENCE.read_text("utf-8"))


@pytest.fixture(scope="session")
def tree():
    """The folder with the submission's files as they were after the run."""
    return TREE


@pytest.fixture
def tmp_path(tmp_path):
    """As pytest makes it; what a test leaves there takes no room from the next."""
    yield tmp_path
    shutil.rmtree(tmp_path, ignore_errors=True)


class Listener:
    """Tells what pytest finds."""

    def __init__(self, results, watch, clock):
        self.results, self.watch, self.clock = results, watch, clock
        self.phases = {}

    def pytest_runtest_logstart(self):
        self.watch.begin()

    def pytest_runtest_logfinish(self):
        # What pytest keeps for a debugger holds all that the test had read.
        for name in ("last_type", "last_value", "last_traceback", "last_exc"):
            vars(sys).pop(name, None)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_setup(self):
        return (yield from self.clock.during())

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_call(self):
        kept = {(pid, started) for pid, started, _ in self.clock.others()}
        try:
            return (yield from self.clock.during())
        finally:
            if self.watch.fresh:
                self.clock.end_left(kept)

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
            outcome, message, line = self.phase(report, call, self.watch)
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
    def phase(report, call, watch):
        if report.skipped:
            return "skipped", getattr(report, "wasxfail", "") or str(getattr(call.excinfo, "value", "")), 0
        if report.failed and call.excinfo is None:
            # Of subtests; or an expected failure that did not come.
            return ("broken" if "XPASS" in str(report.longrepr) else "failed"), str(report.longrepr), 0
        if report.failed:
            outcome, message = judged(call.excinfo, watch)
            # Cleaning up is the lab's own business.
            return ("broken" if call.when == "teardown" else outcome), message, place(call.excinfo)[0]
        return "passed", "", 0


def run(target, results, seconds, parent):
    """The tests, in a process that leads a session of its own."""
    os.setsid()
    spared = (os.getpid(), parent)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_DATA, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    watch = Watch(results.tell, spared)
    clock = Clock(seconds, watch, spared)
    groups_of_their_own()
    sys.addaudithook(watch)
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
            # It has handlers of signals run on a stack of its own, which a few signals at once overflow.
            "-p",
            "no:faulthandler",
            str(SUITE / target),
        ],
        plugins=[Listener(results, watch, clock), sys.modules[__name__]],
    )
    results.tell(end=int(code))
    return int(code)


def unmoved():
    """Takes no notice of signals that programs which a test starts may send; they themselves start with the usual answers to them."""
    for number in signal.valid_signals():
        if getattr(number, "name", "").removeprefix("SIG") not in LEFT:
            signal.signal(number, lambda *_: None)


def look_after(tests, results):
    """Waits for the tests and gives the exit code to end with."""
    started, beat = time.monotonic(), 0
    while True:
        pid, status = os.waitpid(tests, os.WNOHANG | os.WUNTRACED)
        if pid and os.WIFEXITED(status):
            return min(os.WEXITSTATUS(status), 127)
        if pid:
            number = os.WSTOPSIG(status) if os.WIFSTOPPED(status) else os.WTERMSIG(status)
            results.tell(killed={"signal": number})
            return 128 + number
        if time.monotonic() - started >= beat:
            results.tell(beat=beat)
            beat += BEAT
        time.sleep(LOOK)


def main(target):
    word, seconds = os.environ.pop("LAB_WORD"), float(os.environ.pop("LAB_SECONDS"))
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    unmoved()
    results = Results(os.dup(1), word)
    os.chdir(SUITE)
    with tempfile.TemporaryFile() as log:
        parent = os.getpid()
        tests = os.fork()
        if tests == 0:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            sys.exit(run(target, results, seconds, parent))
        code = look_after(tests, results)
        size = os.fstat(log.fileno()).st_size
        os.write(2, os.pread(log.fileno(), MOST_LOG, max(0, size - MOST_LOG)))
    os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1])
