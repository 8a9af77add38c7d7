"""Every export and its mode (CS-14): the table in `leaving.py` is all there is, each line of it is tried, and the README has it."""

from inspect import unwrap

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse

from factcheck.evidence import actions as evidence
from factcheck.inbox.actions import file_statement
from factcheck.leaving import COMMANDS, EXPORTS, HEADER, Mode, NothingUnnamed, leaves_as
from factcheck.newsroom.models import JournalEntry
from factcheck.sources import identity
from tests.backoffice.conftest import at_desk, desk, superuser  # noqa: F401 - fixtures
from tests.backoffice.steps import send, text_of, written
from tests.backoffice.test_doors import things  # noqa: F401 - a fixture
from tests.entering import give_app, show_second_factor
from tests.inbox.messages import part, several
from tests.inbox.steps import received

from .test_architecture import ONLY
from .test_readme import rows, section

VERB, NAME = "verb-form", "Mihrigül Abdurehim"
WHOLE = {"whole": "on", "reason": "The other side asked for discovery."}
# Commands of ours that write nothing of the record out: they say how much they did, or a hash, or a key that is new.
TAKES_NOTHING_OUT = {
    *("up", "seed", "work", "workflow_diagram", "fetch_mail", "receive_mail", "restore"),
    *("new_vault_key", "rotate_vault_keys", "seal_files", "verify_journal", "verify_evidence", "verify_mail"),
}


class Taking:
    """Somebody of the newsroom who takes exports out by its pages."""

    def __init__(self, at_desk, desk, things):  # noqa: F811
        self.at_desk, self.desk, self.things = at_desk, desk, things

    def client(self, person):
        client = self.at_desk(person)
        give_app(person)
        show_second_factor(client, person)
        return client

    def sends(self, name, thing, by=None, **fields):
        client = self.client(by or self.desk.legal)
        return send(client, reverse(f"admin:{name}", args=[thing]), VERB, **fields)

    def gets(self, name, *thing, by=None):
        return self.client(by or self.desk.legal).get(reverse(f"admin:{name}", args=[one.pk for one in thing]))

    def court(self, **fields):
        return self.sends("claims_claim_court_file", self.desk.claim.pk, output="json", **fields)

    def evidence(self, **fields):
        return self.sends("claims_claim_evidence_list", self.desk.claim.pk, **fields)

    def original(self):
        return self.sends("evidence_item_original", self.things["evidence_item"].pk, by=self.desk.journalist)

    def confided_original(self):
        evidence.edit(self.things["evidence_item"], by=self.desk.journalist, confidential=True)
        return self.original()

    def name_is_guarded(self):
        identity.write(self.things["sources_source"], by=self.desk.journalist, real_name=NAME)

    def withheld_message(self):
        self.name_is_guarded()
        return received(several(part(f"It was {NAME}."), part(b"%PDF", Content_Type="application/pdf")))

    def withheld_statement(self):
        self.name_is_guarded()
        incoming, _made = file_statement([self.things["reply_replyfile"]], text=f"It was {NAME}.")
        return incoming.filings.get()

    def of_custodian(self, name, thing):
        return self.gets(name, thing, by=self.desk.journalist)

    def identity(self):
        source = self.things["sources_source"]
        return self.sends("sources_source_read", source.ref, by=self.desk.journalist, purpose="To call them.")


# (export, mode): how somebody takes it out.
WAYS = {
    ("court-file", Mode.REDACTED): Taking.court,
    ("court-file", Mode.WHOLE): lambda by: by.court(**WHOLE),
    ("evidence-list", Mode.REDACTED): Taking.evidence,
    ("evidence-list", Mode.WHOLE): lambda by: by.evidence(**WHOLE),
    ("replies-report", Mode.INTERNAL): lambda by: by.gets("reply_replyfile_report_csv"),
    ("evidence-copy", Mode.INTERNAL): lambda by: by.gets("evidence_exhibit_copy", by.things["evidence_exhibit"]),
    ("evidence-original", Mode.INTERNAL): Taking.original,
    ("evidence-original", Mode.CUSTODIAN): Taking.confided_original,
    ("message", Mode.INTERNAL): lambda by: by.gets("inbox_message_raw", by.things["inbox_message"]),
    ("message", Mode.CUSTODIAN): lambda by: by.of_custodian("inbox_message_raw", by.withheld_message()),
    ("attachment", Mode.INTERNAL): lambda by: by.gets("inbox_attachment_save", by.things["inbox_attachment"]),
    ("attachment", Mode.CUSTODIAN): lambda by: by.of_custodian(
        "inbox_attachment_save", by.withheld_message().attachments.get()
    ),
    ("statement", Mode.CUSTODIAN): lambda by: by.of_custodian("inbox_filing_save", by.withheld_statement()),
    ("identity", Mode.CUSTODIAN): Taking.identity,
}
MODES = [(code, mode) for code, export in EXPORTS.items() for mode in export.modes]


@pytest.fixture
def taking(at_desk, desk, things):  # noqa: F811
    return Taking(at_desk, desk, things)


@pytest.mark.parametrize(("code", "mode"), MODES, ids=[f"{code}-{mode.value}" for code, mode in MODES])
def test_export_is_handed_out_in_its_mode(taking, code, mode):
    answer = WAYS[code, mode](taking)
    assert (answer.status_code, answer.headers.get(HEADER)) == (200, mode.value)
    answer.close()


def test_what_is_whole_wants_a_reason_and_is_in_the_journal(taking):
    for take, verb in (
        (taking.court, "made whole court file"),
        (taking.evidence, "took out whole evidence list"),
    ):
        before = written()
        refused = take(**{**WHOLE, "reason": " "})
        assert (refused.status_code, written()) == (409, before)
        assert "Say why the whole" in text_of(refused)
        take(**WHOLE)
        entry = JournalEntry.objects.first()
        assert (entry.verb, entry.actor, entry.details["reason"]) == (verb, "legal", WHOLE["reason"])


def test_what_is_whole_is_slipped_in_by_nobody_else(taking):
    for take in (taking.court, taking.evidence):
        assert take(by=taking.desk.editor, **WHOLE).headers[HEADER] == Mode.REDACTED.value


def through_the_desk(response, path="/desk/claims/claim/"):
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    return NothingUnnamed(lambda _request: response)(request)


@pytest.mark.parametrize(
    "response",
    [
        JsonResponse({"claims": []}),
        HttpResponse("a;b", content_type="text/csv"),
        HttpResponse("<p>", headers={"Content-Disposition": "attachment"}),
        HttpResponse(b"%PDF", content_type="application/pdf"),
    ],
    ids=["json", "csv", "attachment", "pdf"],
)
def test_what_names_no_mode_is_not_handed_out(response):
    with pytest.raises(ImproperlyConfigured, match="in no mode"):
        through_the_desk(response)


@pytest.mark.parametrize(
    ("path", "response"),
    [
        ("/desk/claims/claim/", HttpResponse("<p>")),
        ("/desk/claims/claim/", HttpResponseRedirect("/desk/")),
        ("/desk/claims/claim/", JsonResponse({}, status=403)),
        ("/desk/autocomplete/", JsonResponse({"results": []})),
        ("/desk/stay/", JsonResponse({"left": 60})),
    ],
)
def test_pages_and_what_belongs_to_them_go_through(path, response):
    assert through_the_desk(response, path) is response


def test_export_cannot_be_marked_with_a_mode_that_it_does_not_have():
    for code, mode in (("identity", Mode.INTERNAL), ("everything", Mode.WHOLE)):
        with pytest.raises(ImproperlyConfigured, match="no export"):
            leaves_as(HttpResponse(), code, mode)


def _views(patterns, under=""):
    for pattern in patterns:
        at = f"{under}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns, at)
        else:
            yield at, unwrap(pattern.callback).__module__


def test_what_is_at_no_door_of_the_newsroom_reads_what_is_published_alone():
    """So it is public in whatever form it comes: a page, a feed, a file, an answer to a machine."""
    outside = [
        (at, module) for at, module in _views(get_resolver().url_patterns) if not at.startswith(("desk/", "reply/"))
    ]
    assert len(outside) > 15
    ours = {(at, module.split(".")[1]) for at, module in outside if module.startswith("factcheck.")}
    assert {at for at, room in ours if room not in ONLY} == set()


def test_every_command_says_what_it_takes_out():
    commands = {name: app for name, app in get_commands().items() if app.startswith("factcheck.")}
    asked = {name for name, app in commands.items() if app.split(".")[1] not in ONLY}
    assert asked == TAKES_NOTHING_OUT | (COMMANDS.keys() & commands.keys())


def test_readme_has_every_export_with_its_modes():
    listed = [(what, modes) for what, modes, *_more in rows(section("What leaves the house"))]
    named = [
        (each.what, ", ".join(mode.value for mode in each.modes)) for each in (*EXPORTS.values(), *COMMANDS.values())
    ]
    assert listed[1:] == named
    assert listed[0][1] == Mode.PUBLIC.value
