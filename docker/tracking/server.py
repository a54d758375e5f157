"""MLflow tracking servers, one process for each submission, forked from this one, which has imported MLflow already.

Usage: server.py CONTROL SPACES
       server.py empty            makes the empty database that every server starts with a copy of; once, with the image

CONTROL is a Unix socket on which the harness listens: this process connects when it is warm. Lines of words, tabs between them:

    <- ready VERSION
    -> serve ID UID DIR SOCKET MEMORY FILE CPU PROCESSES FILES
    -> stop ID
    <- started ID
    <- ended ID REASON

DIR and SOCKET lie below SPACES, where the file systems of submissions appear while this process runs. A child runs as UID, which no
other child has; DIR becomes its own and nobody else's. The Unix socket listens before `started` is sent, so that connections wait in
its queue until the child answers; its folder protects it. MEMORY (beyond what the child starts with), FILE and CPU are limits in
bytes, bytes and seconds. A child that has ended, for whatever reason, is reported once, after every process of its UID is gone from
this container. The end of CONTROL, or of this process, ends them all.

An empty file, ROOM, lies in DIR. The child calls it NO_ROOM, which takes no room, where a request fails for want of any: the file
that was sent is gone again when the disk is looked at.

Nothing that a child writes is ever read here. The names of variables that begin with _MLFLOW are private to MLflow: its version is
pinned, and a contract test compares the answers with those of `mlflow server`; where they differ on purpose, supply_model_ids says why.
"""

import ctypes
import errno
import gc
import os
import resource
import selectors
import shutil
import signal
import socket
import sys

EMPTY = "/opt/lab/lib/empty.db"
ROOM, NO_ROOM = "room", "no-room"
PR_SET_PDEATHSIG = 1
SETTINGS = {
    "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    "MLFLOW_SERVER_ALLOWED_HOSTS": "*",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MLFLOW_ENABLE_ASSISTANT_SANDBOX": "false",
    "DO_NOT_TRACK": "true",
    "GIT_PYTHON_REFRESH": "quiet",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "_MLFLOW_SERVER_SERVE_ARTIFACTS": "true",
    "_MLFLOW_SERVER_ARTIFACT_ROOT": "mlflow-artifacts:/",
    "_MLFLOW_SGI_NAME": "uvicorn",
    "_MLFLOW_IN_JOB_EXECUTOR": "false",
}


def import_server():
    """Imports what a server needs, and what its first requests would import."""
    os.environ.update(SETTINGS)
    import uvicorn  # MLflow looks whether it is there to decide that it is a server
    import uvicorn.lifespan.off
    import uvicorn.loops.auto
    import uvicorn.protocols.http.auto

    import mlflow.server.fastapi_app
    import mlflow.store.artifact.local_artifact_repo
    import mlflow.store.model_registry.sqlalchemy_store
    import mlflow.store.tracking.sqlalchemy_store
    import mlflow.version
    import sqlalchemy.dialects.sqlite

    supply_model_ids()
    return mlflow.version.VERSION


def supply_model_ids():
    """Lets a model version have `models:/m-ID` as its source without the same id beside it, as servers until MLflow 3.9 do.

    Code that students write for those sends it so. Whatever else the server asks of a source it asks still.
    """
    import urllib.parse

    from mlflow.server import handlers

    resolve = handlers._resolve_registered_model_source_lineage

    def resolve_with_id(source, run_id, model_id, *, has_run_id, has_model_id):
        source, run_id, model_id = resolve(
            source, run_id, model_id, has_run_id=has_run_id, has_model_id=has_model_id
        )
        if not has_model_id and not model_id and urllib.parse.urlparse(source).scheme == "models":
            model_id = handlers._parse_model_version_source(source).model_id
            if model_id:
                handlers._get_source_model(model_id, source)
        return source, run_id, model_id

    handlers._resolve_registered_model_source_lineage = resolve_with_id


def point_to(database, artifacts):
    uri = "sqlite:///" + database
    os.environ["_MLFLOW_SERVER_FILE_STORE"] = uri
    os.environ["_MLFLOW_SERVER_REGISTRY_STORE"] = uri
    os.environ["_MLFLOW_SERVER_ARTIFACT_DESTINATION"] = artifacts


def build_empty_database():
    point_to(EMPTY, "/tmp")
    from mlflow.server import handlers

    handlers._get_tracking_store()
    handlers._get_model_registry_store()
    os.chmod(EMPTY, 0o444)


class Child:
    """A server process and what was asked for it."""

    def __init__(self, name, uid, directory, path, memory, file_size, cpu, processes, files):
        self.name = name
        self.uid = int(uid)
        self.directory = directory
        self.path = path
        self.memory = int(memory)
        self.file_size = int(file_size)
        self.cpu = int(cpu)
        self.processes = int(processes)
        self.files = int(files)
        self.pid = 0

    def start(self, spaces):
        if self.uid < 1:
            raise ValueError("a server never runs as root")
        own(open_below(spaces, self.directory), self.uid, self.uid, 0o700)
        listener = self.listen(open_below(spaces, os.path.dirname(self.path)))
        try:
            self.pid = os.fork()
            if self.pid == 0:
                self.run(listener)
        finally:
            listener.close()

    def listen(self, folder):
        """Through the folder's descriptor: a path below /proc is never too long for a socket, nor does it follow links."""
        try:
            name = os.path.basename(self.path)
            try:
                os.unlink(name, dir_fd=folder)
            except FileNotFoundError:
                pass
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(f"/proc/self/fd/{folder}/{name}")
            os.chmod(name, 0o666, dir_fd=folder)
            listener.listen(1024)
            return listener
        finally:
            os.close(folder)

    def run(self, listener):
        try:
            self.confine(listener)
            point_to(os.path.join(self.directory, "mlflow.db"), os.path.join(self.directory, "artifacts"))
            serve(listener)
            os._exit(0)
        except BaseException as problem:  # the edge of a process
            print(repr(problem), file=sys.stderr, flush=True)
            os._exit(1)

    def confine(self, listener):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        with open("/proc/self/oom_score_adj", "w") as score:
            score.write("1000")
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        listener = keep_only(listener)
        os.setsid()
        os.setgroups([])
        os.setresgid(self.uid, self.uid, self.uid)
        os.setresuid(self.uid, self.uid, self.uid)
        os.umask(0o077)
        os.chdir(self.directory)
        self.limit()
        self.furnish()

    def limit(self):
        with open("/proc/self/statm") as statm:
            start = int(statm.read().split()[0]) * resource.getpagesize()
        for name, value in (
            (resource.RLIMIT_AS, start + self.memory),
            (resource.RLIMIT_FSIZE, self.file_size),
            (resource.RLIMIT_CPU, self.cpu),
            (resource.RLIMIT_NPROC, self.processes),
            (resource.RLIMIT_NOFILE, self.files),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(name, (value, value))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file that is too large is an error of one request

    def furnish(self):
        log = os.open("server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.close(log)
        for folder in ("artifacts", "tmp"):
            os.makedirs(folder, exist_ok=True)
        with open(ROOM, "a"):
            pass
        os.environ.update(HOME=self.directory, TMPDIR=os.path.join(self.directory, "tmp"))
        if not os.path.lexists("mlflow.db"):
            shutil.copyfile(EMPTY, "mlflow.db")
            os.chmod("mlflow.db", 0o600)

    def forget_processes(self, shares_user):
        """Kills whatever runs as the child's user, before anybody else may be given it; of a user that others have too, the session."""
        if shares_user:
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            return
        pid = os.fork()
        if pid == 0:
            try:
                os.setresuid(self.uid, self.uid, self.uid)
                os.kill(-1, signal.SIGKILL)
            except ProcessLookupError:
                pass
            finally:
                os._exit(0)
        os.waitpid(pid, 0)


def open_below(spaces, path):
    """The descriptor of a folder below SPACES, reached without following a link."""
    relative = os.path.relpath(path, spaces)
    if relative.startswith(".."):
        raise ValueError(path + " is not below " + spaces)
    folder = os.open(spaces, os.O_RDONLY | os.O_DIRECTORY)
    for name in relative.split("/"):
        try:
            below = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
        finally:
            os.close(folder)
        folder = below
    return folder


def own(folder, uid, gid, mode):
    try:
        os.fchown(folder, uid, gid)
        os.fchmod(folder, mode)
    finally:
        os.close(folder)


def keep_only(listener):
    """Closes every descriptor but the listener's, which stays where it is; standard input, output and error lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.closerange(3, listener.fileno())
    os.closerange(listener.fileno() + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    return listener


def telling_of_full_disks(app):
    """The same application; a client sees a connection that broke, and the harness has to know why."""

    async def told(scope, receive, send):
        try:
            await app(scope, receive, send)
        except BaseException as problem:
            if wants_room(problem):
                say_that_it_is_full()
            raise

    return told


def say_that_it_is_full():
    try:
        os.replace(ROOM, NO_ROOM)
    except FileNotFoundError:
        os.utime(NO_ROOM)  # not for the first time


def wants_room(problem):
    if isinstance(problem, BaseExceptionGroup):
        return any(map(wants_room, problem.exceptions))
    return getattr(problem, "errno", None) == errno.ENOSPC


def serve(listener):
    import uvicorn

    from mlflow.server.fastapi_app import app

    config = uvicorn.Config(
        telling_of_full_disks(app),
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_keep_alive=60,
        server_header=True,
    )
    uvicorn.Server(config).run(sockets=[listener])


class Parent:
    """Hears the harness and the ends of children; waits for nothing else."""

    def __init__(self, control, spaces):
        self.control = control
        self.spaces = spaces
        self.children = {}
        self.pending = b""
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)
        self.woken, wakeup = socket.socketpair()
        self.wakeup = wakeup
        for end in (self.woken, wakeup):
            end.setblocking(False)
        self.selector.register(self.woken, selectors.EVENT_READ)
        signal.set_wakeup_fd(wakeup.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def run(self):
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is self.woken:
                    self.woken.recv(4096)
                elif not self.hear():
                    return
            self.reap()

    def hear(self):
        data = self.control.recv(65536)
        lines = (self.pending + data).split(b"\n")
        self.pending = lines.pop()
        for line in lines:
            self.obey(line.decode().split("\t"))
        return bool(data)

    def obey(self, words):
        if words[0] == "serve":
            self.serve(Child(*words[1:]))
        elif words[0] == "stop" and words[1] in self.children:
            os.kill(self.children[words[1]].pid, signal.SIGKILL)

    def serve(self, child):
        try:
            child.start(self.spaces)
        except (OSError, ValueError) as problem:
            self.say("ended", child.name, str(problem))
            return
        self.children[child.name] = child
        self.say("started", child.name)

    def reap(self):
        for child in list(self.children.values()):
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid == 0:
                continue
            del self.children[child.name]
            child.forget_processes(any(other.uid == child.uid for other in self.children.values()))
            code = os.waitstatus_to_exitcode(status)
            self.say("ended", child.name, f"signal {-code}" if code < 0 else f"exit {code}")

    def say(self, *words):
        text = "\t".join(word.replace("\t", " ").replace("\n", " ") for word in words)
        self.control.sendall(text.encode() + b"\n")


def main(control_path, spaces):
    version = import_server()
    gc.collect()
    gc.freeze()  # else the first collection in a child writes to every page that it shares
    control = socket.socket(socket.AF_UNIX)
    control.connect(control_path)
    parent = Parent(control, spaces)
    parent.say("ready", version)
    parent.run()
    for child in parent.children.values():
        os.kill(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    if sys.argv[1:] == ["empty"]:
        import_server()
        build_empty_database()
    else:
        main(sys.argv[1], sys.argv[2])
