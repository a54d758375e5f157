"""HTTP for addresses that strangers chose: where a request may go is decided for each hop and for the address that is really used."""

import base64
import http.client
import ipaddress
import socket
import ssl
import time
import urllib.parse
import urllib.request

import signs

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
BUSY = (408, 429, 500, 502, 503, 504)
TRIES = 4
CHUNK = 1 << 16


class Failed(Exception):
    """A request that brought nothing: its outcome is a word of the report, its detail words for people."""

    def __init__(self, outcome, detail):
        super().__init__(detail)
        self.outcome, self.detail = outcome, detail


class Policy:
    """Which addresses may be asked: what is listed, and, where `public`, whatever is https and in the public part of the Internet."""

    def __init__(self, public, allow):
        self.public = public
        self.allow = [urllib.parse.urlsplit(prefix) for prefix in allow]

    def lists(self, url):
        parts = urllib.parse.urlsplit(url)
        return any(self._covers(prefix, parts) for prefix in self.allow)

    @staticmethod
    def _covers(prefix, parts):
        host, wanted = (parts.hostname or "").lower(), (prefix.hostname or "").lower()
        named = host.endswith(wanted[1:]) if wanted.startswith("*.") else host == wanted
        folder = prefix.path.rstrip("/")
        # A path with dots or escapes in it may be another one for the server.
        plain = not any(part in (".", "..") for part in urllib.parse.unquote(parts.path).split("/"))
        below = parts.path == folder or parts.path.startswith(folder + "/")
        return named and prefix.scheme == parts.scheme and port_of(prefix) == port_of(parts) and below and plain

    def check(self, url):
        """Gives whether any address of the host will do; raises Failed where the URL may not be asked at all."""
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Failed("forbidden", f"{parts.scheme or 'no'} address")
        if self.lists(url):
            return True
        if not self.public:
            raise Failed("forbidden", "it is not on the course's list")
        if parts.scheme != "https":
            raise Failed("forbidden", "it is not https")
        return False


def port_of(parts):
    return parts.port or (443 if parts.scheme == "https" else 80)


def is_public(address):
    """Whether an address is on the Internet, seen through the ways of writing an IPv4 address as an IPv6 one."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if ip.version == 6:
        nat64 = ipaddress.ip_network("64:ff9b::/96")
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in nat64:
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def addresses(host, port, anywhere):
    """The addresses of a host that may be used. They are used as they are here: asking twice could be answered differently."""
    try:
        found = list(dict.fromkeys(entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            raise Failed("gone", "there is no such host") from error
        raise Failed("unanswered", "its name cannot be looked up") from error
    except UnicodeError as error:
        raise Failed("gone", "its name is none") from error
    usable = [address for address in found if anywhere or is_public(address)]
    if not usable:
        raise Failed("forbidden", "it leads into a private network")
    return usable


class PinnedHTTP(http.client.HTTPConnection):
    """Connects to an address that was looked up and checked before."""

    def __init__(self, host, port, usable, timeout, context=None, **more):
        super().__init__(host, port, timeout=timeout, **more)
        self.usable, self.context = usable, context

    def connect(self):
        problem = None
        for address in self.usable:
            signs.works()
            try:
                self.sock = socket.create_connection((address, self.port), self.timeout)
                break
            except OSError as error:
                problem = error
        else:
            raise problem
        signs.works()
        if self._tunnel_host:
            self._tunnel()
            signs.works()
        if self.context:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self._tunnel_host or self.host)


class Client:
    """Asks for things under a policy, a deadline and a common budget of bytes."""

    def __init__(self, policy, deadline, idle, pause=1.0):
        self.policy, self.deadline, self.idle, self.pause = policy, deadline, idle, pause
        self.context = ssl.create_default_context()

    def left(self):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Failed("unanswered", "the time for fetching is over")
        return min(left, self.idle)

    def ask(self, method, url, prepare, use, body=None):
        """Sends a request and gives what `use` makes of the response. `prepare(url)` gives the headers of each hop's request."""
        for attempt in range(1, TRIES + 1):
            signs.works()
            try:
                return self._follow(method, url, prepare, use, body)
            except Failed as failed:
                last = failed
                wait = getattr(failed, "wait", 0) or self.pause * 2 ** (attempt - 1)
                if failed.outcome != "unanswered" or attempt == TRIES or time.monotonic() + wait > self.deadline:
                    raise
            signs.works()
            time.sleep(wait)
        raise last

    def _follow(self, method, url, prepare, use, body):
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._once(method, url, prepare(url), use, body)
            if not isinstance(answer, Redirect):
                return answer
            url = urllib.parse.urljoin(url, answer.url)
        raise Failed("denied", "it redirects without end")

    def _once(self, method, url, headers, use, body):
        anywhere = self.policy.check(url)
        connection = self._connection(url, anywhere)
        parts = urllib.parse.urlsplit(url)
        target = url if connection.absolute else (parts.path or "/") + ("?" + parts.query if parts.query else "")
        try:
            connection.request(method, target, body=body, headers={"Host": parts.netloc.rpartition("@")[2], "Accept-Encoding": "identity", **headers})
            signs.works()
            response = connection.getresponse()
            signs.works()
            if response.status in REDIRECTS and response.headers.get("Location"):
                return Redirect(response.headers["Location"])
            if response.status in BUSY:
                failed = Failed("unanswered", f"it answers with status {response.status}")
                asked = response.headers.get("Retry-After", "")
                failed.wait = min(30, int(asked)) if asked.isdigit() else 0
                raise failed
            return use(response, Body(response, connection, self))
        except (OSError, http.client.HTTPException) as error:
            raise self._failure(error) from error
        finally:
            connection.close()

    def _connection(self, url, anywhere):
        parts = urllib.parse.urlsplit(url)
        host, port, context = parts.hostname, port_of(parts), self.context if parts.scheme == "https" else None
        proxy = None if urllib.request.proxy_bypass(host) else urllib.request.getproxies().get(parts.scheme)
        if not proxy:
            connection = PinnedHTTP(host, port, addresses(host, port, anywhere), self.left(), context)
            connection.absolute = False
            return connection
        try:
            addresses(host, port, anywhere)
        except Failed as failed:
            if failed.outcome == "forbidden":
                raise  # a name that only the proxy knows is left to it
        via = urllib.parse.urlsplit(proxy)
        usable = addresses(via.hostname, via.port or 80, True)
        connection = PinnedHTTP(via.hostname, via.port or 80, usable, self.left(), context)
        connection.absolute = context is None
        login = {}
        if via.username:
            login["Proxy-Authorization"] = basic(urllib.parse.unquote(via.username), urllib.parse.unquote(via.password or ""))
        if context:
            connection.set_tunnel(host, port, headers=login)
        return connection

    @staticmethod
    def _failure(error):
        if isinstance(error, ssl.SSLCertVerificationError):
            return Failed("unanswered", f"its certificate is not trusted ({error.verify_message})")
        if isinstance(error, TimeoutError):
            return Failed("unanswered", "it does not answer in time")
        if isinstance(error, ConnectionRefusedError):
            return Failed("unanswered", "it takes no connection")
        if isinstance(error, OSError) and error.errno in (28, 122):
            return Failed("too-large", "it does not fit on the submission's disk")
        return Failed("unanswered", "the connection breaks")


class Redirect:
    def __init__(self, url):
        self.url = url


class Body:
    """A response's content, read under the client's deadline and to a number of bytes."""

    def __init__(self, response, connection, client):
        self.response, self.connection, self.client = response, connection, client

    def chunks(self, most):
        claimed = self.response.headers.get("Content-Length", "")
        if claimed.isdigit() and int(claimed) > most:
            raise Failed("too-large", f"{int(claimed)}")
        seen = 0
        while True:
            left = self.client.left()
            if self.connection.sock is not None:
                self.connection.sock.settimeout(left)
            chunk = self.response.read1(CHUNK)
            if not chunk:
                break
            seen += len(chunk)
            signs.works()
            if seen > most:
                raise Failed("too-large", f"{seen}")
            yield chunk
        if claimed.isdigit() and seen < int(claimed):
            raise Failed("unanswered", "the connection breaks")


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def origin(url):
    parts = urllib.parse.urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), port_of(parts)
