"""Answers loopback ports of a submission's namespace with the tracking server's Unix socket.

Usage: forward.py FOLDER

The harness connects to the socket `ports` in FOLDER and sends one line of JSON: a list of [port, ipv4]. Each port is answered on
[::1], and on 127.0.0.1 where ipv4 is true; a port that cannot be had on one of them is left out. The answer is one line of JSON, the
list of [port, address] that are answered from then on. Connections are carried to the socket `server.sock` in FOLDER. While nobody
answers there they are held, so that the start of a stage never waits for the tracking server; their number and the wait are bounded.
With the first connection a file `asked` is made in FOLDER: a server that nobody asked has nothing to tell.
"""

import json
import os
import select
import socket
import sys
import threading
import time

MAX_CONNECTIONS = 200
MAX_WAIT = 90.0
BACKLOG = 256
CHUNK = 65536


def listen(family, address, port):
    server = socket.socket(family, socket.SOCK_STREAM)
    try:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # [::1] alone: 127.0.0.1 and 0.0.0.0 stay free for the submission's own servers.
            server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        server.bind((address, port))
        server.listen(BACKLOG)
    except OSError:
        server.close()
        return None
    return server


def connect(path):
    """The tracking server, as soon as it answers; None when it does not."""
    deadline = time.monotonic() + MAX_WAIT
    pause = 0.01
    while time.monotonic() < deadline:
        upstream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            upstream.connect(path)
            return upstream
        except OSError:
            upstream.close()
        time.sleep(pause)
        pause = min(pause * 1.5, 0.2)
    return None


def carry(client, upstream):
    """Copies both ways until both sides are done; the end of one direction is passed on."""
    to = {client: upstream, upstream: client}
    open_ends = [client, upstream]
    while open_ends:
        for source in select.select(open_ends, [], [])[0]:
            data = source.recv(CHUNK)
            if data:
                to[source].sendall(data)
            else:
                open_ends.remove(source)
                to[source].shutdown(socket.SHUT_WR)


def serve(client, path, places):
    upstream = None
    try:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        upstream = connect(path)
        if upstream:
            carry(client, upstream)
    except OSError:
        pass  # one side is gone, so the connection is over
    finally:
        client.close()
        if upstream:
            upstream.close()
        places.release()


def accept(servers, path):
    places = threading.BoundedSemaphore(MAX_CONNECTIONS)
    asked = False
    while True:
        for server in select.select(servers, [], [])[0]:
            if not asked:
                open(os.path.join(os.path.dirname(path), "asked"), "x").close()
                asked = True
            places.acquire()
            try:
                client = server.accept()[0]
            except OSError:
                places.release()
                continue
            threading.Thread(target=serve, args=(client, path, places), daemon=True).start()


def open_ports(wanted):
    servers, answered = [], []
    for port, ipv4 in wanted:
        for family, address in [(socket.AF_INET6, "::1")] + ([(socket.AF_INET, "127.0.0.1")] if ipv4 else []):
            server = listen(family, address, port)
            if server:
                servers.append(server)
                answered.append([port, address])
    return servers, answered


def main(folder):
    threading.stack_size(256 * 1024)
    control = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    control.bind(os.path.join(folder, "ports"))
    control.listen(1)
    harness = control.accept()[0]
    with harness.makefile("rw", encoding="utf-8") as lines:
        servers, answered = open_ports(json.loads(lines.readline()))
        lines.write(json.dumps(answered) + "\n")
    harness.close()
    control.close()
    if servers:
        accept(servers, os.path.join(folder, "server.sock"))
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1])
