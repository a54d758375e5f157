"""What the tests of a lab read of a submission, and what they start of it, by the audit events of Python itself.

A mistake of the watch's never reaches a test. Whatever is told of a program is told before it starts.
"""

import os
import subprocess
import time

SUITE, TREE, SCRATCH = "/suite", "/tree", "/tmp"
MOST_TOLD, MOST_SHOWN = 100, 120


def shown(path):
    """A path of the submission's as its author knows it; None for any other."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        return None
    whole = os.path.abspath(os.fsdecode(path))
    return os.path.relpath(whole, TREE) if whole.startswith(f"{TREE}/") else None


class Watch:
    """
    read      files of the submission that the running test has opened, in the order of the last opening, with their bytes
    program   the last program of the submission that any test started, or an empty text
    since     when that was
    fresh     whether it was the running test
    """

    def __init__(self, tell, spared):
        self.tell, self.spared, self.owner = tell, spared, os.getpid()
        self.read, self.touched, self.told = {}, False, 0
        self.program, self.since, self.fresh, self.signalled = "", 0.0, False, False
        self.heard = {
            "open": self.opened,
            "sqlite3.connect": self.connected,
            "subprocess.Popen": self.started,
            "os.posix_spawn": lambda path, argv, env: self.started(path, argv, None, env),
            "os.system": lambda command: self.started(command, [command], None, None),
            "os.kill": self.sent,
            "os.killpg": lambda group, signal: self.sent(-group, signal),
        }

    def __call__(self, event, args):
        if event not in self.heard or os.getpid() != self.owner:
            return
        try:
            self.heard[event](*args)
        except Exception:  # whatever a test hands over, it is not for the watch to judge
            pass

    def begin(self):
        """Another test starts."""
        self.read.clear()
        self.fresh = False

    def opened(self, path, mode, flags):
        name = shown(path)
        if name is not None:
            self.touched = True
            self.read.pop(name, None)
            self.read[name] = os.stat(path).st_size if os.path.exists(path) else 0

    def connected(self, database):
        name = os.fsdecode(database)
        self.opened(name.removeprefix("file:").partition("?")[0], None, 0)

    def started(self, executable, args, cwd, env):
        words = [os.fsdecode(word) for word in (args if isinstance(args, (list, tuple)) else [args])]
        folder = os.path.abspath(os.fsdecode(cwd or "."))
        named = any(f"{TREE}/" in word or word == TREE for word in words) or f"{folder}/".startswith(f"{TREE}/")
        # What a test copied of the submission to where it can write is run there.
        copied = self.touched and (f"{folder}/".startswith(f"{SCRATCH}/") or any(f"{SCRATCH}/" in word for word in words))
        if not named and not copied:
            return
        self.program = " ".join(" ".join(words).replace(f"{TREE}/", "").split())[:MOST_SHOWN]
        self.since, self.fresh = time.monotonic(), True
        if self.told < MOST_TOLD:
            self.told += 1
            self.tell(started={"program": self.program})

    def sent(self, target, signal):
        """A signal that the test's own process sends to the tests: then nobody else is to blame for what it does."""
        ours = {*self.spared, 0, -1, -os.getpgrp()}
        if signal and target in ours and not self.signalled:
            self.signalled = True
            self.tell(signalled={})

    def last(self):
        """The file of the submission's that the running test opened last; empty where it opened none."""
        return next(reversed(self.read), "")


def groups_of_their_own():
    """Makes each program that a test starts lead a group of processes, so that one that ends its own group ends no test."""
    usual = subprocess.Popen.__init__

    def start(self, *args, **named):
        # Who makes a session cannot make a group as well; five and more arguments by place may say anything.
        if len(args) < 5 and not any(named.get(key) for key in ("start_new_session", "preexec_fn")):
            named.setdefault("process_group", 0)
        usual(self, *args, **named)

    subprocess.Popen.__init__ = start
