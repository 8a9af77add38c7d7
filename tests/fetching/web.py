"""A web server with everything that the web does to those who fetch from it. It listens on every address of this machine,
and writes down on which of them somebody called."""

import contextlib
import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BOMB = gzip.compress(bytes(1024 * 1024)) * 300  # 300 KB that unpack to 300 MB


class Answer:
    """What the server says: a body, a status, headers. A body that is a function is called with the handler instead."""

    def __init__(self, body=b"", status=200, type="text/html; charset=utf-8", **headers):
        self.body = body.encode() if isinstance(body, str) else body
        self.status = status
        self.headers = {"Content-Type": type, **{name.replace("_", "-"): value for name, value in headers.items()}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.web.asked.append((self.command, self.path, dict(self.headers)))
        length = int(self.headers.get("Content-Length", 0))
        self.posted = self.rfile.read(length)
        answer = self.server.web.pages.get(self.path.partition("?")[0], Answer("Not here.", 404))
        if callable(answer):
            answer = answer(self)
        if answer is None:
            return
        with contextlib.suppress(OSError):
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

    do_POST = do_GET

    def raw(self, data):
        """Say `data` as it is. False when nobody listens any more."""
        self.close_connection = True
        try:
            self.wfile.write(data)
            return True
        except OSError:
            return False

    def log_message(self, *args):
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    address_family = socket.AF_INET6  # and, with the option below, IPv4 as well

    def server_bind(self):
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "web", self.server_address[1]

    def get_request(self):
        connection, caller = super().get_request()
        self.web.called_on.append(connection.getsockname()[0].removeprefix("::ffff:"))
        if self.web.tls:  # hands are shaken in the thread of the request, where nobody else waits for it
            connection = self.web.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, caller

    def handle_error(self, request, client_address):
        pass


class Web:
    """`pages` by path: an Answer, or a function of the handler that returns one or speaks for itself and returns None.
    With `tls`, an ssl.SSLContext, it speaks https and nothing else."""

    def __init__(self, pages=(), tls=None):
        self.pages, self.asked, self.called_on, self.tls = dict(pages), [], [], tls
        self._server = _Server(("::", 0), _Handler)
        self._server.web = self
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def url(self, path="/", host="127.0.0.1"):
        return f"http{'s' if self.tls else ''}://{host}:{self.port}{path}"

    @property
    def paths(self):
        return [path for _method, path, _headers in self.asked]

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def slow(handler):
    """A header now and then, for ever: no read takes long."""
    handler.raw(b"HTTP/1.1 200 OK\r\n")
    while handler.raw(b"X-Wait: 1\r\n"):
        time.sleep(0.05)


def dripping(handler):
    """A body without a length, a byte now and then."""
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while handler.raw(b"."):
        time.sleep(0.05)


def endless(handler):
    """A body without an end, as fast as it can be taken."""
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while handler.raw(b"x" * 65536):
        pass


def silent(handler):
    """Takes the call and says nothing, until the other side gives up."""
    handler.close_connection = True
    with contextlib.suppress(OSError):
        handler.connection.settimeout(30)
        handler.connection.recv(1)


def broken_off(handler):
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of i")


def garbage(handler):
    handler.raw(b"\x16\x03\x01 this is no answer \x00\r\n\r\n")


def waiting_for_ever(handler):
    """One "100 Continue" after the other, which is no answer yet."""
    while handler.raw(b"HTTP/1.1 100 Continue\r\n\r\n"):
        time.sleep(0.01)


def many_headers(handler):
    handler.raw(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (i, b"y" * 2000) for i in range(90)) + b"\r\n")


def to(place, status=302):
    """A redirect to `place`."""
    return Answer(status=status, Location=place)


AWKWARD = {
    "/": Answer("<title>Home</title><p>Hello.</p>"),
    "/slow": slow,
    "/dripping": dripping,
    "/endless": endless,
    "/silent": silent,
    "/broken-off": broken_off,
    "/garbage": garbage,
    "/100": waiting_for_ever,
    "/headers": many_headers,
    "/bomb": Answer(BOMB, Content_Encoding="gzip"),
    "/bomb-in-bomb": Answer(gzip.compress(BOMB), Content_Encoding="gzip, gzip"),
    "/not-gzip": Answer("plain", Content_Encoding="gzip"),
    "/gzip": Answer(gzip.compress(b"<p>Packed.</p>"), Content_Encoding="gzip"),
    "/lies-about-length": lambda handler: (
        handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n") and None
    ),
    "/loop": to("/loop"),
    "/ping": to("/pong"),
    "/pong": to("/ping"),
    "/on": lambda handler: to(f"/on?{int(handler.path.partition('?')[2] or 0) + 1}"),
    "/moved": to("/", 301),
    "/for-now": to("/"),
    "/gone": Answer("Gone.", 410),
    "/nonsense": to("http://[::1"),
    "/to-file": to("file:///etc/passwd"),
}
