"""Save Page Now, against a server that speaks its protocol."""

from datetime import UTC, datetime

import pytest

from factcheck.fetching.addresses import named_allowance
from factcheck.fetching.fetch import Fetcher
from factcheck.fetching.refusals import Failed
from factcheck.fetching.save_page_now import SavePageNow

from .archive import Archive
from .web import Answer

PAGE = "https://news.example/a?b=c&d=é"


@pytest.fixture
def open_archive():
    opened = []

    def make(**how):
        opened.append(Archive(**how))
        fetcher = Fetcher("Tests/1", allowances=[named_allowance(f"127.0.0.1:{opened[0].port}")])
        return opened[0], SavePageNow(fetcher, "key", "secret", opened[0].address)

    yield make
    for archive in opened:
        archive.close()


def test_page_is_sent_and_its_job_followed_to_the_copy(open_archive):
    archive, service = open_archive(turns=2)
    job = service.submit(PAGE)
    assert [service.outcome(job), service.outcome(job)] == [None, None]
    kept = service.outcome(job)
    assert kept.url == f"{archive.address}/web/20261125120000/{PAGE}"
    assert kept.at == datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert archive.kept == [PAGE]


def test_keys_are_sent_as_the_service_wants_them(open_archive):
    archive, service = open_archive()
    service.outcome(service.submit(PAGE))
    assert {headers["Authorization"] for _m, _p, headers in archive.asked} == {"LOW key:secret"}
    with pytest.raises(Failed, match="keys"):
        SavePageNow(service.fetcher, "key", "wrong", archive.address).submit(PAGE)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer('{"status": "error", "status_ext": "error:user-session-limit", "message": "Too many."}'), "busy"),
        (
            Answer('{"status": "error", "status_ext": "error:blocked-url", "message": "This URL is blocked."}'),
            "refused",
        ),
        (Answer("{}"), "broken"),
        (Answer("[]"), "broken"),
        (Answer("<html>"), "broken"),
        (Answer('{"job_id": "../../elsewhere"}'), "broken"),
        (Answer("", 503), "busy"),
        (Answer("", 429), "busy"),
        (Answer("", 302, Location="http://127.0.0.1:1/"), "broken"),
    ],
)
def test_refusal_is_told_in_a_sentence(open_archive, answer, code):
    _archive, service = open_archive(refuses=answer)
    with pytest.raises(Failed) as refused:
        service.submit(PAGE)
    assert refused.value.code == code
    assert "Internet Archive" in refused.value.sentence


@pytest.mark.parametrize(
    "fails",
    [{"status": "error", "message": "The page was not found."}, {"status": "success", "timestamp": "yesterday"}],
)
def test_job_that_fails_is_told_in_a_sentence(open_archive, fails):
    _archive, service = open_archive(turns=0, fails=fails)
    with pytest.raises(Failed):
        service.outcome(service.submit(PAGE))
