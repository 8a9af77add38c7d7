"""The page of one right of reply: what was put, tried, granted and said, and what is printed of it."""

from functools import cached_property
from typing import NamedTuple

from factcheck.reply import deadlines
from factcheck.reply.contact import contact_of, place_of

from .badges import letter_badge, reply_badge
from .court import COURT_FILE
from .late_verbs import EARLIER_VERBS
from .letter_verbs import ON_FILE
from .page_verbs import ON_PAGES
from .panels import Row
from .put_otherwise import sides
from .reply_verbs import ALLEGATION_VERBS, FILE_VERBS, RESPONSE_VERBS
from .verbs import Button, Case, open_to, with_one_main

ATTEMPT = next(verb for verb in FILE_VERBS if verb.code == "attempt")
# Shown with what it waits for, while the party has been asked.
NO_RESPONSE = next(verb for verb in FILE_VERBS if verb.code == "no-response")
# Which of what may be done is the next step, before anything was put and after: the one main button of the page.
TO_BE_PUT, WAS_PUT = ("ready", "letter", "put"), ("fair", "excerpt", "response")


class Quick(NamedTuple):
    """A form on the page of a file, and where it is sent."""

    url: str
    form: object


class ReplyPage:
    """Read lazily by the template, and by the confirm pages of the file's verbs; each part once."""

    def __init__(self, file, user):
        self.file, self.user, self.case = file, user, Case(file)

    @cached_property
    def badge(self):
        return reply_badge(self.file.current_state.value, self.file.get_current_state_display())

    @cached_property
    def buttons(self):
        return self._weighed[: len(self._weighed) - len(self._of_letters)]

    @cached_property
    def quick(self):
        """The short form for an attempt, where one can be logged now: the page of its verb takes what it sends."""
        if not open_to((ATTEMPT,), self.user, self.case):
            return None
        return Quick(ATTEMPT.address(self.file), ATTEMPT.form(case=self.case, by=self.user, auto_id="quick_%s"))

    @cached_property
    def letter_buttons(self):
        """What may be done about letters: the first of it is to write one."""
        return self._weighed[len(self._weighed) - len(self._of_letters) :]

    @cached_property
    def _of_letters(self):
        return open_to((*ON_PAGES, *ON_FILE), self.user, self.case)

    @cached_property
    def _weighed(self):
        """Everything that may be done with the file, then with its letters, with one main button among all of them."""
        offered = [*open_to(FILE_VERBS, self.user, self.case), *self._of_letters]
        return with_one_main(offered, WAS_PUT if self.file.wording_put else TO_BE_PUT)

    @cached_property
    def letters(self):
        """The letters about it, the newest first, each with its badge."""
        return [Row(letter, (), letter_badge(letter)) for letter in self.file.letters.select_related("drafted_by")]

    @cached_property
    def contact(self):
        return contact_of(self.file.party)

    @cached_property
    def waiting(self):
        """What silence still waits for, once the party was asked."""
        if self.file.state not in ("sent", "extended") or NO_RESPONSE.may(self.user, self.case):
            return []
        reasons = NO_RESPONSE.not_now(self.user, self.case)
        return [Button(NO_RESPONSE, "", tuple(reasons))] if reasons else []

    @cached_property
    def court_file(self):
        return next(iter(open_to((COURT_FILE,), self.user, self.case)), None)

    def _rows(self, things, verbs):
        rows = []
        for thing in things:
            thing.file = self.file
            rows.append(Row(thing, tuple(open_to(verbs, self.user, Case(thing)))))
        return rows

    @cached_property
    def allegations(self):
        return self._rows(self.file.allegations.all(), ALLEGATION_VERBS)

    @cached_property
    def to_be_put(self):
        return [row.thing for row in self.allegations if not row.thing.dropped_at]

    @cached_property
    def responses(self):
        return self._rows(
            self.file.responses.select_related("logged_by", "corrects").prefetch_related("answers"), RESPONSE_VERBS
        )

    @cached_property
    def earlier(self):
        """What stays printed of answers that came before the one in the first place."""
        kept = self.file.earlier_excerpts.filter(dropped_at=None).exclude(response=self.file.excerpt_from_id)
        return self._rows(kept.select_related("chosen_by", "response"), EARLIER_VERBS)

    @cached_property
    def attempts(self):
        return list(self.file.attempts.select_related("logged_by"))

    @cached_property
    def extensions(self):
        return list(self.file.extensions.select_related("decided_by"))

    @cached_property
    def rulings(self):
        return list(self.file.rulings.select_related("by"))

    @cached_property
    def printed(self):
        """The lines that readers will get of this party."""
        lines = {reply.line.party_slug: reply.line for reply in self.case.dossier.replies}
        return lines.get(self.file.party.slug)

    @cached_property
    def otherwise(self):
        """Both wordings, where this party was asked about another one than would be printed."""
        found = sides(self.case.dossier, self.file.claim, self.user)
        return next((each for each in found if each.file == self.file), None)

    @property
    def deadline(self):
        """As the party is told it: in its own time."""
        return deadlines.told(self.file.deadline_at, place_of(self.file.party).zone) if self.file.deadline_at else ""

    @property
    def is_overdue(self):
        return self.file.state in ("sent", "extended") and deadlines.is_past(self.file.deadline_at)
