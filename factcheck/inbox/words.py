"""The words of an incoming answer: what of it is for one right of reply, and whether words stand in it as they came."""

from django.utils.translation import gettext_lazy as _

# What somebody says who ticks the box on the private page and writes nothing: the label of that box.
DECLINED = _("We decline to comment.")


def words_for(incoming, file):
    """What was said to this right of reply, as plain text: answer by answer, and what was said to all of it."""
    told = [answer.text for answer in answers_for(incoming, file)]
    if incoming.text.strip():
        told.append(incoming.text)
    if not told and incoming.declined:
        told.append(str(DECLINED))
    return "\n\n".join(text.strip() for text in told)


def answers_for(incoming, file):
    """The answers to the allegations of this right of reply, in their order."""
    ours = [answer for answer in incoming.answers.all() if answer.allegation.file_id == file.pk]
    return sorted(ours, key=lambda answer: (answer.allegation.position, answer.allegation_id))


def stands_in(words, incoming, file):
    """Whether `words` were said like this: every paragraph of them stands in what came, in the same order."""
    whole = words_for(incoming, file)
    if incoming.message:
        whole = f"{incoming.message.text}\n\n{whole}"
    return _in_order([" ".join(part.split()) for part in words.split("\n\n")], " ".join(whole.split()))


def _in_order(parts, whole):
    at = 0
    for part in parts:
        found = whole.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True
