"""Every verb that the journal can hold has words of its own for people to read."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from factcheck.backoffice.journal_verbs import VERBS, told
from factcheck.desk.workflow import BY_VERB
from factcheck.newsroom import comings
from factcheck.sources.custody import grant
from tests.sources.cast import key, protect

from .steps import text_of

WRITTEN = re.compile(r'verb="([^"]+)"')


def test_every_verb_in_the_code_has_its_words():
    sources = (path.read_text() for path in Path(settings.BASE_DIR, "factcheck").rglob("*.py"))
    written = {verb for source in sources for verb in WRITTEN.findall(source)}
    assert len(written) > 40
    assert written | set(BY_VERB) <= set(VERBS)


def test_verb_of_another_day_is_told_as_it_stands():
    assert told("sang") == "sang"


@pytest.mark.django_db
def test_whom_something_was_done_to_is_told_by_name(settings, journalist, journalist_2, editor, legal, at_desk):
    settings.VAULT_KEYS = [key()]
    source = protect(journalist, editor)
    grant(source, by=editor, person=legal, because="A letter from a court.")
    comings.was_refused(journalist_2, why="password")
    journal = text_of(at_desk(editor).get(reverse("admin:newsroom_journalentry_changelist")))
    assert f"refused the log-in of {journalist_2.shown_as}" in journal
    assert f"made a custodian of source {str(source.ref)[:8]} : {legal.shown_as}" in journal
    client = at_desk(journalist)
    assert f"made a custodian of {source} : {legal.shown_as}" in text_of(client.get(reverse("admin:index")))
    assert f"made a custodian of this source: {legal.shown_as}" in text_of(
        client.get(reverse("admin:sources_source_page", args=[source.ref]))
    )
