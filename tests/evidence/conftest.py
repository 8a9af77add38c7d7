import pytest

from factcheck.claims import actions as claims
from factcheck.evidence import actions
from factcheck.fetching import pictures
from factcheck.fetching.addresses import named_allowance
from tests.fetching.web import AWKWARD, Answer, Web
from tests.sources.conftest import vault  # noqa: F401 - a fixture

from . import withholding
from .confiding import protected

PASSAGE = "serious human rights violations had been committed"
REPORT = """<!DOCTYPE html><html lang="en"><head><title>Assessment of human rights concerns</title>
<meta property="og:site_name" content="Human Rights Office"><meta property="article:published_time" content="2022-08-31">
<meta name="author" content="Jane Roe"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Assessment of human rights concerns</h1><p>The office found that serious human rights violations had been committed in
the region.</p><p>It called the detention of many people arbitrary and discriminatory.</p>{more}</article>
<aside class="advertisement">{advertisement}</aside></body></html>"""


def report(more="", advertisement="Buy shoes.", **headers):
    return Answer(REPORT.format(more=more, advertisement=advertisement), **headers)


@pytest.fixture
def web(settings):
    """A local web server that the newsroom may fetch from, with a report on it."""
    served = Web({**AWKWARD, "/report": report()})
    settings.ALLOW_PRIVATE_CAPTURE = [named_allowance(f"127.0.0.1:{served.port}")]
    yield served
    served.close()


@pytest.fixture
def cited(web, journalist):
    """An item that cites the report, with the passage relied on."""
    claim = claims.log_claim(by=journalist, wording="The office found violations", type="institutional_finding")
    return actions.add(
        claim, by=journalist, title="The report", url=web.url("/report"), passage=PASSAGE, passage_language="en"
    )


@pytest.fixture
def claim(journalist):
    return claims.log_claim(by=journalist, wording="The agency keeps no figures", type="statistic")


@pytest.fixture
def jo(vault, journalist, editor):  # noqa: F811
    """Somebody protected, as (Source, Speaker)."""
    return protected(journalist, editor)


@pytest.fixture
def no_browser(monkeypatch):
    """Pictures have tests of their own and take seconds."""
    monkeypatch.setattr(pictures, "BROWSERS", ())


@pytest.fixture
def source(settings, journalist, editor):
    """Somebody whom the page of `withholding.NAMED` names."""
    return withholding.protected_meanwhile(settings, journalist, editor)


@pytest.fixture
def kept_before(settings, web, cited, journalist, editor):
    """A copy of a page that names somebody who was taken under protection only afterwards."""
    web.pages["/report"] = report(more=withholding.NAMED)
    capture = withholding.captured(cited, journalist)
    assert "Mihrigül" in capture.text
    withholding.protected_meanwhile(settings, journalist, editor)
    return capture
