"""The selects beside a list: what was chosen is marked, also where it is too old to be offered."""

import re

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext

from factcheck.published import reading
from factcheck.published.document import TopicLine
from tests.published.documents import FALSE, MIXED, at, numbered_document, publish

from .addresses import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def an_old_topic(monkeypatch):
    """Two topics, of which a select has room for the later one."""
    monkeypatch.setattr(reading, "CHOICES", 1)
    publish(numbered_document(1, rating=MIXED, topics=(TopicLine(slug="visas", name="Visas"),)), at=at(1))
    publish(numbered_document(2, rating=FALSE, topics=(TopicLine(slug="ferries", name="Ferries"),)), at=at(2))


def chosen(client, address):
    """{name of a select: [what is chosen in it]} of a page."""
    html = client.get(address).content.decode()
    selects = re.findall(r'<select id="f-(\w+)".*?</select>', html, re.DOTALL)
    bodies = re.findall(r'<select id="f-\w+".*?</select>', html, re.DOTALL)
    found = {name: re.findall(r'value="([^"]*)" selected', body) for name, body in zip(selects, bodies, strict=True)}
    return {name: values for name, values in found.items() if values}


def test_each_choice_is_marked_in_its_own_select(client, an_old_topic):
    assert chosen(client, "/claims/") == {}
    assert chosen(client, "/claims/?rating=false&topic=ferries") == {"rating": ["false"], "topic": ["ferries"]}


def test_what_is_too_old_to_be_offered_is_offered_to_whoever_asked_for_it(client, an_old_topic):
    assert "Visas" not in Page(client.get("/claims/?rating=false")).text.split("Topic")[1].split("Type")[0]
    assert chosen(client, "/claims/?topic=visas") == {"topic": ["visas"]}
    assert chosen(client, "/claims/?topic=visas&rating=mixed") == {"topic": ["visas"], "rating": ["mixed"]}


def test_it_is_made_once_whatever_is_chosen_beside_it(client, an_old_topic):
    offered = [choice.value for choice in reading.choices()["rating"]]
    assert chosen(client, "/claims/?topic=visas") == {"topic": ["visas"]}
    with CaptureQueriesContext(connections[settings.READERS_DATABASE]) as queries:
        for rating in offered:
            assert chosen(client, f"/claims/?topic=visas&rating={rating}") == {"topic": ["visas"], "rating": [rating]}
    assert offered
    assert [query["sql"] for query in queries if " UNION ALL " in query["sql"]] == []


def test_nonsense_marks_nothing(client, an_old_topic):
    assert chosen(client, "/claims/?rating=nonsense&topic=ferries") == {"topic": ["ferries"]}
