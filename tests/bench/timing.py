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
    """Print requests a second, the 95th percentile and the CPU's own time for these addresses, asked in turn."""
    for address in addresses[:3]:
        ask(application, address)
    times, size, worked = [], 0, time.process_time()
    for address in addresses:
        began = time.perf_counter()
        status, size = ask(application, address)
        times.append(time.perf_counter() - began)
        if not status.startswith("200"):
            raise SystemExit(f"{address}: {status}")
    worked = (time.process_time() - worked) / len(times) * 1000  # what it costs, however busy the machine is
    times.sort()
    p95 = times[int(len(times) * 0.95)] * 1000
    speed = len(times) / sum(times)
    print(
        f"{name:32} {speed:7.0f} req/s   p95 {p95:7.1f} ms   {worked:6.1f} ms of CPU   {size / 1024:6.1f} KB",
        flush=True,
    )
