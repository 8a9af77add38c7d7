"""The real nginx in front of a baked folder, with the README's own configuration, and nothing behind it."""

import http.client
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tests.portal.served import answers, free_port, until

TLS = (
    r" *(ssl_.*|add_header Strict-Transport-Security.*|listen \[::\].*)\n"  # the test speaks plain HTTP on this machine
)


def readmes_blocks():
    [blocks] = re.findall(r"^```nginx\n(map .*?)^```", Path(settings.BASE_DIR, "README.md").read_text(), re.M | re.S)
    return blocks


def configuration(folder, work, port):
    blocks = re.sub(TLS, "", readmes_blocks()).replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    blocks = blocks.replace("root /srv/baked;", f"root {folder};")
    places = "".join(
        f"{kind}_temp_path {work}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"pid {work}/pid; daemon off; error_log {work}/error.log; user root;\nevents {{}}\n"
    return f"{head}http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{places}{blocks}}}\n"


class Nginx:
    def __init__(self, folder, work):
        self.work, self.port = work, free_port()
        work.mkdir(exist_ok=True)
        (work / "nginx.conf").write_text(configuration(folder, work, self.port))

    @contextmanager
    def running(self):
        command = [shutil.which("nginx"), "-p", self.work, "-c", self.work / "nginx.conf"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            until(lambda: answers(self.port))
            yield self
        finally:
            process.terminate()
            said, _none = process.communicate(timeout=30)
        assert not said, said.decode()

    def ask(self, path, method="GET", **headers):
        """(status, headers, bytes) of one request."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            line.close()
