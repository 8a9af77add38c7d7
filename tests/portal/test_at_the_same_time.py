"""Two servers, each a process of its own, are sent the same answer in the same moment: one is kept, and both say so."""

import http.client
import json
import re
import threading
from contextlib import ExitStack
from html import unescape
from urllib.parse import urlencode

import pytest

from .served import HOST, free_port, gunicorn, write_letter
from .test_token_stays import FORM, hidden

TIMES = 3  # two requests do not always meet, and each of these is another answer
COUNT = """
import json
from factcheck.inbox.models import Filing, Incoming
from factcheck.letters.models import Outgoing
told = {"answers": sorted(Incoming.objects.values_list("text", flat=True)), "filed": Filing.objects.count()}
print("TOLD" + json.dumps(told | {"receipts": Outgoing.objects.filter(purpose="receipt").count()}))
"""


@pytest.fixture
def servers(tmp_path, committed_database):
    """(two ports, the database, the token of a letter in it)."""
    committed_database.manage("collectstatic", "--no-input", "--verbosity=0")
    token, ports = write_letter(committed_database), [free_port(), free_port()]
    with ExitStack() as running:
        for port in ports:
            running.enter_context(gunicorn(committed_database, port, tmp_path / f"gunicorn-{port}.log"))
        yield ports, committed_database, token


def ask(port, path, body=None):
    """(status, headers, text), as from the proxy in front."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7", **(FORM if body else {})}
        line.request("POST" if body else "GET", path, body, headers)
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        line.close()


def send_at_once(ports, path, body):
    answers, ready = {}, threading.Barrier(len(ports))

    def send(port):
        ready.wait()
        answers[port] = ask(port, path, body)

    senders = [threading.Thread(target=send, args=[port]) for port in ports]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    return answers


def words_of(text):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_same_answer_to_two_processes_is_one_and_both_show_it(servers):
    ports, database, token = servers
    page = f"/reply/{token}/"
    said = [f"We reject it, for the reason of the number {n}." for n in range(TIMES)]
    for words in said:
        _status, _headers, opened = ask(ports[0], page)
        body = urlencode({**hidden(opened), "statement": words, "step": "check"})
        _status, _headers, checked = ask(ports[0], page, body)
        body = urlencode({**hidden(checked), "step": "send"})
        for port, (status, headers, _text) in send_at_once(ports, page, body).items():
            assert status == 303
            status, _headers, shown = ask(port, headers["Location"])
            assert (status, words in words_of(shown)) == (200, True)
    told = json.loads(database.manage("shell", "--no-imports", "-c", COUNT).split("TOLD")[1])
    assert told == {"answers": said, "filed": TIMES, "receipts": TIMES}
