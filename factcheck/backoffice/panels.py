"""What the claim's page shows around its form: what may be done now, what is missing, and everything that hangs from the claim."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse

from factcheck.claims.actions import OPEN
from factcheck.claims.models import Concerned
from factcheck.desk import piecing
from factcheck.desk.gathering_evidence import DONE
from factcheck.desk.late_answers import planned_update
from factcheck.desk.models import Jigsaw
from factcheck.desk.permissions import role_refusal
from factcheck.desk.publish import open_notice
from factcheck.newsroom.models import JournalEntry
from factcheck.published.models import NoticeKind

from . import readers_page
from .badges import legal_badge, rating_badge, reply_badge, status_badge, update_badge
from .checklist import checklist, signatures
from .claim_verbs import CLAIM_VERBS, STEPS
from .court import COURT_FILE
from .desk_admin import role_allows
from .evidence_verbs import ITEM_VERBS
from .exhibit_verbs import ADD_FILE, MANIFEST
from .journal_words import told_entry
from .link_verb import ADD_LINK
from .parts import APPEARANCE_VERBS, LINK_VERBS, PART_VERBS
from .put_otherwise import sides
from .reply_verbs import FILE_VERBS, OPEN_FILE
from .verbs import Button, Case, an_author, open_to
from .when import open_to_edits

LAST_ENTRIES = 8
# What a senior editor decides from the claim's page; everything else on a file has its own page.
WAIVING = tuple(verb for verb in FILE_VERBS if verb.code == "waive")


@dataclass(frozen=True)
class Row:
    """Something that hangs from the claim, with the verbs that this person may do to it now."""

    thing: object
    buttons: tuple = ()
    badge: str = ""


class Panels:
    """Read lazily by the templates of the claim's page and of its confirm pages; each part once."""

    def __init__(self, case, user):
        self.case, self.user = case, user
        self.claim = case.claim

    @property
    def dossier(self):
        return self.case.dossier

    @cached_property
    def jigsaw(self):
        """The list of identifying details that counts, detail by detail; None where there is none."""
        made = piecing.latest(self.claim)
        rows = [(d.label, Jigsaw.Decision(made.decisions[d]).label) for d in Jigsaw.Detail] if made else []
        return {"list": made, "rows": rows} if made else None

    # What may be done

    @cached_property
    def buttons(self):
        return open_to(CLAIM_VERBS, self.user, self.case)

    @cached_property
    def waiting(self):
        """The next steps that are somebody's to take once something else is done, with what they wait for."""
        return [button for verb in CLAIM_VERBS if verb.code in STEPS for button in self._waits(verb)]

    def _waits(self, verb):
        reason = verb.may(self.user, self.case)
        if not self._is_near(verb) or (reason and not self._has_role_for(verb)):
            return []
        reasons = [reason] if reason else verb.not_now(self.user, self.case)
        return [Button(verb, "", tuple(reasons))] if reasons else []

    def _is_near(self, verb):
        if verb.code == "sign-off-legal" and not self.claim.legal_risk:
            return False
        near = {"publish": ("cleared",)}.get(verb.code, ("in_review", "cleared"))
        return self.claim.status in near

    def _has_role_for(self, verb):
        return not role_refusal(self.user, verb.code.replace("-", "_"))

    @cached_property
    def may_write(self):
        return not an_author(self.user, self.case) and not open_to_edits(self.user, self.case)

    @cached_property
    def why_closed(self):
        """Why nothing of the claim can be edited now, though this person may write."""
        return open_to_edits(self.user, self.case) if not an_author(self.user, self.case) else []

    @property
    def is_open(self):
        return self.claim.status in OPEN

    # What is missing

    @cached_property
    def checklist(self):
        return checklist(self.dossier)

    @cached_property
    def put_otherwise(self):
        return sides(self.dossier, self.claim, self.user)

    @cached_property
    def may_override(self):
        return any(button.verb.code == "override" for button in self.buttons)

    @cached_property
    def signatures(self):
        return signatures(self.claim, self.dossier)

    @cached_property
    def notice(self):
        return open_notice(self.claim)

    # What readers have and will have

    @cached_property
    def update(self):
        """What came late and would be printed, with its notice; None where nothing waits."""
        return planned_update(self.claim)

    @property
    def update_kind(self):
        return NoticeKind(self.update.notice.kind).label

    @cached_property
    def page(self):
        return readers_page.context(self.dossier)

    @cached_property
    def compared(self):
        return readers_page.compared(self.dossier)

    @property
    def public_url(self):
        return reverse("claim", args=[self.claim.check_slug]) if self.claim.has_page else ""

    # What hangs from it

    def _rows(self, things, verbs, badge=lambda thing: ""):
        rows = []
        for thing in things:
            thing.claim = self.claim
            buttons = open_to(verbs, self.user, Case(thing, dossier=self.case.__dict__.get("dossier")))
            rows.append(Row(thing, tuple(buttons), badge(thing)))
        return rows

    @cached_property
    def evidence(self):
        held = Prefetch("exhibits", to_attr="held"), Prefetch("captures", DONE, to_attr="done")
        items = self.claim.evidence.select_related("source__pseudonym").prefetch_related(*held).order_by("pk")
        return self._rows(sorted(items, key=lambda item: bool(item.withdrawn_at)), (ADD_FILE, *ITEM_VERBS))

    @cached_property
    def evidence_list(self):
        return next(iter(open_to((MANIFEST,), self.user, self.case)), None)

    @cached_property
    def add_evidence_url(self):
        url = reverse("admin:evidence_item_add")
        return f"{url}?claim={self.claim.pk}" if self.may_write else ""

    @cached_property
    def add_link(self):
        """The button that adds evidence from a link, where evidence can be added."""
        return next(iter(open_to((ADD_LINK,), self.user, self.case)), None)

    @cached_property
    def files(self):
        files = self.claim.reply_files.select_related("party__pseudonym", "excerpt_from").prefetch_related(
            "allegations", "attempts", "responses"
        )
        lines = {reply.line.party_slug: reply.line for reply in self.dossier.replies}
        rows = self._rows(
            files, WAIVING, lambda file: reply_badge(file.current_state.value, file.get_current_state_display())
        )
        for row in rows:
            row.thing.told = lines.get(row.thing.party.slug)
        return rows

    @cached_property
    def unasked(self):
        """Those accused who have no file yet."""
        asked = {row.thing.party_id for row in self.files}
        accused = self.claim.concerned.filter(concerned_as=Concerned.As.ACCUSED).select_related("party__pseudonym")
        return [concerned.party for concerned in accused if concerned.party_id not in asked]

    @cached_property
    def open_file(self):
        return next(iter(open_to((OPEN_FILE,), self.user, self.case)), None)

    @cached_property
    def verdicts(self):
        verdicts = self.claim.verdicts.select_related("rating", "proposed_by")
        return [Row(verdict, (), rating_badge(verdict.rating)) for verdict in verdicts]

    @cached_property
    def appearances(self):
        return self._rows(self.claim.appearances.select_related("said_by__pseudonym"), APPEARANCE_VERBS)

    @cached_property
    def links(self):
        return self._rows(self.claim.links.select_related("to"), LINK_VERBS)

    @cached_property
    def linked_from(self):
        return list(self.claim.linked_from.select_related("claim"))

    @cached_property
    def part_buttons(self):
        return {button.verb.code: button for button in open_to(PART_VERBS, self.user, self.case)}

    # What was done

    @cached_property
    def journal(self):
        entries = JournalEntry.objects.filter(claim_ref=str(self.claim.ref))[: LAST_ENTRIES + 1]
        return [told_entry(entry) for entry in entries]

    @property
    def journal_url(self):
        """The whole journal of this claim, for those who may open it."""
        if not role_allows(self.user, "view", JournalEntry):
            return ""
        return f"{reverse('admin:newsroom_journalentry_changelist')}?q={self.claim.ref}"

    @cached_property
    def court_file(self):
        return next(iter(open_to((COURT_FILE,), self.user, self.case)), None)

    # What is seen at once

    @cached_property
    def badges(self):
        claim = self.claim
        shown = [status_badge(claim)]
        if self.verdicts:
            shown.append(self.verdicts[0].badge)
        return shown + [legal_badge()] * claim.legal_risk + [update_badge()] * bool(claim.update_needed_at)
