"""Tries whatever a stage must not do. What succeeds is told by an error, for reports quote errors."""

import ctypes
import os
import re
import signal
import socket
import stat
import sys
import time

C = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    if C.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def ptrace():
    child = os.fork()
    if child == 0:
        signal.pause()
    try:
        call(101, 16, child, 0, 0)
    finally:
        os.kill(child, signal.SIGKILL)


def datagram():
    """Nobody answers: where a server of the host can be reached, so can this."""
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"datagram", ("127.0.0.1", DATAGRAM_PORT))
    return word("127.0.0.1", SERVER_PORT)


def engine():
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect("/var/run/docker.sock")


def word(host, port):
    with socket.create_connection((host, port), 3) as connection:
        return connection.recv(100).decode()


def name():
    """Asks the engine's name server, by whatever name one likes: words travel as names."""
    question = b"\x12\x34\x01\x00\x00\x01" + bytes(6) + b"\x05house\x00\x00\x01\x00\x01"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.settimeout(3)
        server.connect(("127.0.0.11", 53))
        server.send(question)
        answer = server.recv(512)
        return "named" if answer[7] > 0 else call(-1)


def files():
    """Everything that was written lately, wherever it lies."""
    found = set()
    for root, folders, names in os.walk("/"):
        folders[:] = [one for one in folders if os.path.join(root, one) not in ("/proc", "/sys", "/work", "/usr")]
        for name in names:
            path = os.path.join(root, name)
            try:
                state = os.lstat(path)
                if stat.S_ISREG(state.st_mode) and state.st_mtime > time.time() - 3600 and state.st_size < 1 << 16:
                    with open(path, errors="replace") as file:
                        found |= set(re.findall(r"canary-of-([a-z]+)-[0-9a-f]{8}", file.read()))
            except OSError:
                pass
    return " ".join(found)


TRIALS = {
    "vsock": lambda: socket.socket(40, socket.SOCK_STREAM),
    "io_uring": lambda: call(425, 1, ctypes.create_string_buffer(120)),
    "ptrace": ptrace,
    "host-server": lambda: word("127.0.0.1", SERVER_PORT),
    "datagram": datagram,
    "engine": engine,
    "metadata": lambda: word("169.254.169.254", 80),
    "neighbour": lambda: word("169.254.169.254", 5000),
    "name": name,
    "": files,
}
reached, words = [], []
for name, trial in TRIALS.items():
    try:
        told = trial()
        reached += (name or told).split()
        words.append(str(told))
    except OSError:
        pass
if reached:
    sys.exit(f"ValueError: reached {' '.join(reached)} and {' '.join(words)}")
