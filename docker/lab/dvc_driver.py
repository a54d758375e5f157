"""Runs the grader's DVC on behalf of the harness, in a container that runs nothing of a student's.

Imports DVC once, then waits on the harness's Unix socket for calls and forks a child for each. A message is a 4-byte length and that many
bytes: fields, each a 4-byte length and its bytes (big endian).

    harness -> driver   call MODE DIRECTORY ARGUMENT...     driver -> harness   output BYTES ... ended EXIT CAUSE
    EXIT is minus the signal where one ended the child; CAUSE is "memory" where the kernel took it for want of memory, else empty
    MODE command: the command line of DVC with these arguments
    MODE first:   all pipelines below DIRECTORY, or the targets given, forced, keeping going
    MODE changed: the same unforced, after something was changed: only what DVC takes for changed runs
    MODE second:  the same unforced; stages that would run again are named and not run

In all modes but command the child opens a connection of its own, tells the plan, then asks before every stage:

    child -> harness    child; repaired ...; invalid PATH TYPE MESSAGE ...; stage ADDRESS KIND DEPS OUTS UPSTREAM ...; planned
    harness -> child    go FROZEN CLEARED   (lists of addresses: to freeze, and whose outputs to remove)
    child -> harness    begin ADDRESS        harness -> child   run | refuse SENTENCE
    child -> harness    end ADDRESS OUTCOME ERROR-TYPE MESSAGE...
    child -> harness    tracked ADDRESS PATH        an output that Git tracks too; DVC, which would refuse it, is made to take it
    child -> harness    broken ERROR-TYPE MESSAGE...

An ADDRESS is PATH:NAME, or PATH for a .dvc file; DEPS, OUTS and UPSTREAM are lists, separated by NUL, of paths and addresses; paths are
relative to the DVC repository. What a stage's command does is asked of the harness by stage-shell.
"""

import contextlib
import os
import select
import socket
import sys

SOCKET = "/harness/control.sock"
MAX_MESSAGE = 1 << 20
OUTPUT_CHUNK = 1 << 16
LOCAL_CONFIG = """\
[core]
    analytics = false
    check_update = false
    autostage = false
    hardlink_lock = false
    site_cache_dir = /tmp/dvc
[cache]
    dir = cache
    type = "reflink,copy"
"""


class Channel:
    """Messages over the harness's socket."""

    def __init__(self, *hello):
        self.connection = socket.socket(socket.AF_UNIX)
        self.connection.connect(SOCKET)
        self.send(*hello)

    def send(self, *fields):
        encoded = [f if isinstance(f, bytes) else str(f).encode("utf-8", "surrogateescape") for f in fields]
        body = b"".join(len(f).to_bytes(4, "big") + f for f in encoded)
        self.connection.sendall(len(body).to_bytes(4, "big") + body)

    def receive(self):
        """The next message, None when the harness hung up."""
        head = self._exactly(4)
        if head is None:
            return None
        size = int.from_bytes(head, "big")
        if size > MAX_MESSAGE:
            raise ValueError(f"a message of {size} bytes")
        body = self._exactly(size)
        if body is None:
            return None
        fields, at = [], 0
        while at < size:
            length = int.from_bytes(body[at : at + 4], "big")
            fields.append(body[at + 4 : at + 4 + length].decode("utf-8", "surrogateescape"))
            at += 4 + length
        return fields

    def _exactly(self, size):
        data = b""
        while len(data) < size:
            chunk = self.connection.recv(size - len(data))
            if not chunk:
                return None
            data += chunk
        return data


class Refused(Exception):
    """The harness does not want a stage to run."""


def relative(repo, path):
    return os.path.relpath(path, repo.root_dir).replace(os.sep, "/")


def address(stage):
    path = relative(stage.repo, stage.path)
    name = getattr(stage, "name", None)
    return f"{path}:{name}" if name else path


def kind_of(stage):
    if stage.cmd:
        return "command"
    return "import" if stage.is_import or stage.is_repo_import else "data"


def place(repo, thing):
    return relative(repo, thing.fs_path) if thing.is_in_repo else str(thing)


def repair(channel):
    """Makes the throwaway clone a DVC repository whose settings are the harness's, whatever is committed."""
    if not os.path.isdir(".dvc"):
        os.mkdir(".dvc")
        channel.send("repaired", ".dvc")
    if not os.path.exists(".dvc/config"):
        open(".dvc/config", "w").close()
    for leftover in ("config.local", "tmp/lock", "tmp/rwlock", "tmp/rwlock.lock"):
        if os.path.lexists(".dvc/" + leftover):
            os.unlink(".dvc/" + leftover)
    with open(".dvc/config.local", "w") as config:
        config.write(LOCAL_CONFIG)
        if not os.path.isdir("/work/.git"):
            config.write("[core]\n    no_scm = true\n")


def planned(repo, targets):
    """The stages that a run of these targets looks at, in its order, and the graph."""
    from dvc.repo.reproduce import collect_stages, get_active_graph, plan_repro

    graph = repo.index.graph
    steps = plan_repro(get_active_graph(graph), collect_stages(repo, targets) if targets else [])
    return steps, graph


def agree_on_plan(channel, repo, targets):
    """Tells the plan, then does what the harness answers: freezes stages, and removes what others would make anew.

    DVC removes a stage's outputs only when it comes to that stage: a committed metrics file of a stage that is never reached would
    look like one of this run. What a frozen stage has committed stays, for nothing will make it again and others may need it. An import is
    frozen always, for it would need a network.
    """
    repo.stage_collection_error_handler = lambda path, error: channel.send(
        "invalid", relative(repo, os.path.abspath(path)), type(error).__name__, *causes(error)
    )
    steps, graph = planned(repo, targets)
    for stage in steps:
        channel.send(
            "stage",
            address(stage),
            kind_of(stage),
            "\0".join(place(repo, dep) for dep in stage.deps),
            "\0".join(place(repo, out) for out in stage.outs),
            "\0".join(address(upstream) for upstream in graph.successors(stage)),
        )
    channel.send("planned")
    frozen, cleared = (set(field.split("\0")) for field in expect(channel)[1:3])
    for stage in graph:
        if address(stage) in frozen:
            stage.frozen = True
            # What it needs is perhaps not to be had, and DVC asks for it when it commits the outputs.
            if all(out.exists for out in stage.outs) and not all(dep.exists for dep in stage.deps):
                stage.deps = []
        elif kind_of(stage) == "import":
            stage.frozen = True
            # Frozen or not, DVC asks for the origin when it commits the output. What is there was checked against its sum already.
            if all(out.exists for out in stage.outs):
                stage.deps = []
        if address(stage) in cleared and not stage.frozen:
            stage.remove_outs(ignore_remove=True, force=True)  # those with `persist` too


def expect(channel):
    answer = channel.receive()
    if answer is None:
        os._exit(70)
    return answer


def causes(error):
    """The messages of an exception and of what it was raised from."""
    messages = []
    while error is not None and len(messages) < 5:
        messages.append(str(error)[:4000])
        error = error.__cause__
    return messages


def reasons(entries):
    """What `dvc status` says of a stage, in words."""
    for entry in entries:
        if isinstance(entry, str):
            yield entry
            continue
        for title, items in entry.items():
            for path, state in items.items():
                if isinstance(state, dict):
                    yield from (f"{title}: {path}: {key} {value}" for key, value in state.items())
                else:
                    yield f"{title}: {path} {state}"


def asks_harness(channel, reproduce):
    """Stage.reproduce of a run: the harness is asked before, and told the outcome."""

    def asking(stage, **arguments):
        name = address(stage)
        channel.send("begin", name)
        answer = expect(channel)
        if answer[0] == "refuse":
            raise Refused(answer[1])
        try:
            result = reproduce(stage, **arguments)
        except Exception as error:
            channel.send("end", name, "failed", type(error).__name__, *causes(error))
            raise
        channel.send("end", name, "done" if result else "unchanged", "", "")
        return result

    return asking


def takes_what_git_tracks(channel, ignore):
    """Output.ignore, which every output that DVC caches goes through: that Git keeps it too is told and spoils nothing."""
    from dvc.output import OutputAlreadyTrackedError

    def telling(out):
        try:
            ignore(out)
        except OutputAlreadyTrackedError:
            channel.send("tracked", address(out.stage), relative(out.repo, out.fs_path))

    return telling


def ignores_nothing_that_git_keeps(ignored):
    """Git.is_ignored, by which DVC refuses a pipeline, passes over a folder, or cannot write a lock: it goes by the lines of .gitignore alone,
    but what is committed is there for everybody, and so is the lock of what is."""

    def asking(scm, path):
        return ignored(scm, path) and os.path.basename(path) != "dvc.lock" and not is_kept(scm, path)

    return asking


def is_kept(scm, path):
    """Whether Git tracks a file, or one in a folder."""
    kept = vars(scm).get("kept")
    if kept is None:
        kept = scm.kept = set()
        for file in map(os.fsdecode, scm.dulwich.repo.open_index()):
            while file and file not in kept:
                kept.add(file)
                file = os.path.dirname(file)
    return os.path.relpath(path, scm.root_dir) in kept


@contextlib.contextmanager
def unlocked(*_, **__):
    """In place of DVC's list of files in use: nobody else uses this clone, but the `dvc` of a stage, in a container of its own, takes an
    entry whose process it cannot see for one of the dead, and removes it."""
    yield


def names_what_would_run(channel):
    """Stage.reproduce of the second run: decides as DVC does, but runs nothing."""

    def naming(stage, upstream=None, **arguments):
        changed = stage.changed(False, upstream)
        said = list(reasons(stage.status(check_updates=False).get(stage.addressing, []))) if changed else []
        channel.send("end", address(stage), "changed" if changed else "unchanged", "", *said)
        return None

    return naming


def reproduce(mode, targets):
    """The modes first, changed and second; gives the exit code."""
    import dvc.rwlock
    from dvc.exceptions import ReproductionError
    from dvc.output import Output
    from dvc.repo import Repo, lock_repo
    from dvc.stage import Stage

    channel = Channel("child")
    try:
        if mode == "first":
            repair(channel)
        # The lock is taken here already: whoever takes it first makes DVC forget its stages, frozen ones with them.
        with Repo() as repo, lock_repo(repo):
            agree_on_plan(channel, repo, targets)
            second = mode == "second"
            dvc.rwlock.rwlock = unlocked
            Output.ignore = takes_what_git_tracks(channel, Output.ignore)
            Stage.reproduce = names_what_would_run(channel) if second else asks_harness(channel, Stage.reproduce)
            repo.reproduce(
                targets=targets or None,
                all_pipelines=not targets,
                force=mode == "first",
                run_cache=False,
                on_error="keep-going",
            )
            return 0
    except ReproductionError as error:
        print("ERROR:", error)
        return 255
    except Exception as error:  # the edge of the call: whatever DVC could not cope with, the harness is told
        channel.send("broken", type(error).__name__, *causes(error))
        print("ERROR:", ": ".join(causes(error)))
        return 255


def run(mode, directory, arguments):
    """In the child: one call, gives the exit code."""
    os.chdir(directory)
    if mode == "command":
        from dvc.cli import main

        return main(arguments)
    return reproduce(mode, arguments)


def memory_kills():
    """How often the kernel has killed a process of this container for want of memory; 0 where it does not tell."""
    for path in ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control"):
        try:
            with open(path) as counters:
                return sum(int(line.split()[1]) for line in counters if line.startswith("oom_kill "))
        except OSError:
            continue
    return 0


def serve(channel, mode, directory, *arguments):
    """Forks a child for one call and passes on what it prints until it has ended."""
    output, printed = os.pipe()
    kills = memory_kills()
    alive, life = os.pipe()  # not inherited by programs that the child starts: ends with the child itself
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            channel.connection.close()
            os.dup2(printed, 1)
            os.dup2(printed, 2)
            code = run(mode, directory, arguments)
        except BaseException:  # the edge of the child: whatever it is, it is printed and the child ends
            import traceback

            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code & 255)
    os.close(printed)
    os.close(life)
    ended = False
    while not ended:
        readable, _, _ = select.select([output, alive], [], [])
        ended = alive in readable and output not in readable
        if output in readable:
            chunk = os.read(output, OUTPUT_CHUNK)
            if chunk:
                channel.send("output", chunk)
            elif alive in readable:
                ended = True
            else:
                select.select([alive], [], [])
                ended = True
    os.close(output)
    os.close(alive)
    _, status = os.waitpid(pid, 0)
    channel.send("ended", os.waitstatus_to_exitcode(status), "memory" if memory_kills() > kills else "")


def import_dvc():
    """Everything that a call needs, so that a fork of this process starts at once."""
    import dvc.cli
    import dvc.commands.repro
    import dvc.parsing
    import dvc.repo.reproduce
    import dvc.scm
    import dvc.stage.cache
    import dvc.stage.loader
    import dvc_data.hashfile.db.local
    import networkx
    import scmrepo.git

    scmrepo.git.Git.is_ignored = ignores_nothing_that_git_keeps(scmrepo.git.Git.is_ignored)


def main():
    import_dvc()
    channel = Channel("driver")
    while True:
        message = channel.receive()
        if message is None:
            return
        serve(channel, *message[1:])


if __name__ == "__main__":
    main()
