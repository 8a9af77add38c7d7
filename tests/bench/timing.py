"""How fast addresses are answered: the whole WSGI application, one request after the other, in one process."""

import io
import time
from urllib.parse import urlsplit


def ask(application, address):
    """One GET. Returns its status and how many bytes came back."""
    parts, status = urlsplit(address), []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    body = application(environ, lambda line, headers, *rest: status.append(line))
    size = sum(len(chunk) for chunk in body)
    body.close()
    return status[0], size


def measure(application, name, addresses):
    """Print requests a second and the 95th percentile for these addresses, asked in turn."""
    for address in addresses[:3]:
        ask(application, address)
    times, size = [], 0
    for address in addresses:
        began = time.perf_counter()
        status, size = ask(application, address)
        times.append(time.perf_counter() - began)
        if not status.startswith("200"):
            raise SystemExit(f"{address}: {status}")
    times.sort()
    p95 = times[int(len(times) * 0.95)] * 1000
    print(f"{name:32} {len(times) / sum(times):8.0f} req/s   p95 {p95:7.1f} ms   {size / 1024:6.1f} KB", flush=True)
