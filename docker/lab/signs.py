"""Signs of work of the harness's own programs. The init counts what a container's processes write, wherever to, and tells the harness."""

import contextlib
import os
import threading

ENOUGH = bytes(1 << 14)
EVERY = 15
NOWHERE = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)


def works():
    """Says that a wait, which was bounded, is over and the next may begin."""
    os.write(NOWHERE, ENOUGH)


@contextlib.contextmanager
def patience():
    """While somebody else waits for longer than signs may fail to appear, and may."""
    over = threading.Event()

    def until_over():
        while not over.wait(EVERY):
            works()

    thread = threading.Thread(target=until_over, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
