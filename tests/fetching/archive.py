"""A local server that speaks the protocol of Save Page Now, as its documentation has it."""

import json
from urllib.parse import parse_qs

from .web import Answer, Web

STAMP = "20261125120000"


class Archive(Web):
    """Keeps a page after it was asked `turns` times how it goes. `fails` is the answer of the job instead."""

    def __init__(self, turns=1, fails=None, refuses=None):
        super().__init__({"/save": self._save})
        self.turns, self.fails, self.refuses, self.kept = turns, fails, refuses, []

    @property
    def address(self):
        return self.url("")

    def _save(self, handler):
        if handler.headers["Authorization"] != "LOW key:secret":
            return _json({"message": "You need to be logged in to use Save Page Now."}, 401)
        if self.refuses:
            return self.refuses
        url = parse_qs(handler.posted.decode())["url"][0]
        job = f"spn2-{len(self.kept) + 1:040x}"
        self.kept.append(url)
        asked = []

        def status(handler):
            asked.append(1)
            if len(asked) <= self.turns:
                return _json({"status": "pending", "job_id": job, "resources": []})
            done = {"status": "success", "job_id": job, "original_url": url, "timestamp": STAMP, "duration_sec": 6.2}
            return _json(self.fails or done)

        self.pages[f"/save/status/{job}"] = status
        return _json({"url": url, "job_id": job})


def _json(data, status=200):
    return Answer(json.dumps(data), status, type="application/json")
