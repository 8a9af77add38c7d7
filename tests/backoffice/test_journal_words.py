"""Every verb that the journal can hold has words of its own for people to read."""

import re
from pathlib import Path

from django.conf import settings

from factcheck.backoffice.journal_verbs import VERBS, told
from factcheck.desk.workflow import BY_VERB

WRITTEN = re.compile(r'verb="([^"]+)"')


def test_every_verb_in_the_code_has_its_words():
    sources = (path.read_text() for path in Path(settings.BASE_DIR, "factcheck").rglob("*.py"))
    written = {verb for source in sources for verb in WRITTEN.findall(source)}
    assert len(written) > 40
    assert written | set(BY_VERB) <= set(VERBS)


def test_verb_of_another_day_is_told_as_it_stands():
    assert told("sang") == "sang"
