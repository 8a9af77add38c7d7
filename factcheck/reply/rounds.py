"""What counts in a round of asking: the attempts that silence may rest on, and the answers that still stand (RR-2, RR-3).

A round begins when something new is put to the party. Pure functions over the rows of one file, fetched already or not.
"""

from .models import Attempt, Response

# Nobody heard of it: a letter came back, a phone rang out.
UNREACHED = frozenset({Attempt.Outcome.BOUNCED, Attempt.Outcome.NO_ANSWER})


def began(file):
    """When the party was last put something new; None where nothing was put."""
    return max((row.put_at for row in published(file) if row.put_at), default=None)


def published(file):
    """The allegations that are still to be published."""
    return [row for row in file.allegations.all() if not row.dropped_at]


def open_attempts(file):
    """The attempts of this round that nobody has answered since, without those that came back: what silence may rest on."""
    attempts, since = list(file.attempts.all()), began(file)
    answered = max((response.received_at for response in file.responses.all()), default=None)
    came_back = {way for way, outcome in _last_outcomes(attempts).items() if outcome == Attempt.Outcome.BOUNCED}
    return [
        attempt
        for attempt in attempts
        if attempt.outcome != Attempt.Outcome.BOUNCED
        and _way(attempt) not in came_back
        and (since is None or attempt.at >= since)
        and (answered is None or attempt.at > answered)
    ]


def nobody_reached(file):
    """Whether every way that was tried has failed by now; an e-mail may be sent first and come back later."""
    outcomes = _last_outcomes(file.attempts.all())
    return not file.responses.all() and all(outcome in UNREACHED for outcome in outcomes.values())


def _last_outcomes(attempts):
    return {
        _way(attempt): attempt.outcome for attempt in sorted(attempts, key=lambda attempt: (attempt.at, attempt.pk))
    }


def _way(attempt):
    return attempt.channel, attempt.address_used


def superseded(file):
    """The numbers of the responses that a later row corrects."""
    return {response.corrects_id for response in file.responses.all() if response.corrects_id}


def standing(file):
    """The responses on the record that nobody has corrected since."""
    gone = superseded(file)
    return [response for response in file.responses.all() if response.on_record and response.pk not in gone]


def answers(file):
    """What of it the party said in words: a "no comment" is not among it."""
    return [response for response in standing(file) if response.kind != Response.Kind.NO_COMMENT]


def unanswered(file):
    """The material allegations that none of the answers addresses."""
    given = {response.pk for response in answers(file)}
    return [
        row
        for row in published(file)
        if row.material and given.isdisjoint(response.pk for response in row.responses.all())
    ]
