"""Run in a process of its own, through `manage.py shell`: an editor whose desk publishes a correction for each line it is sent."""

import json
import sys

from factcheck.claims import actions as claims
from factcheck.desk import jigsaw, publish
from tests.builders import hire_people, make_publishable_claim


def listen():
    """Publish a claim, tell its address; then correct it for every line, and tell the words that readers must see now."""
    desk = make_publishable_claim(**hire_people()).published()
    _tell(desk.claim.check_slug)
    for number, _line in enumerate(sys.stdin, start=1):
        _tell(_corrected(desk, f"A Uyghur in New Zealand, as corrected for the {number}. time"))


def _corrected(desk, role):
    texts = {"was_wrong": "The role.", "says_now": "The role as it was.", "why": "A reader told us."}
    publish.correct(desk.fresh(), by=desk.senior_editor, kind="correction", **texts)
    claims.edit_claim(desk.claim, by=desk.journalist, speaker_role=role)
    jigsaw.sign_details(desk.claim, by=desk.editor)
    desk.published()
    return role


def _tell(what):
    print(json.dumps(what), flush=True)
