"""How an action says no: always in sentences, always leaving everything as it was."""

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """This person may not do this. The staff door answers 403 with the sentence."""

    def __init__(self, sentence):
        self.sentence = sentence
        super().__init__(str(sentence))


class Refused(Exception):
    """It cannot be done as things stand, whoever asks. `reasons` are sentences that say what is missing."""

    def __init__(self, *reasons):
        self.reasons = reasons
        super().__init__(" ".join(str(reason) for reason in reasons))


class ChangedMeanwhile(Refused):
    """Somebody else saved the same record first. `changes` are (field label, what you started from, what it says now)."""

    def __init__(self, sentence, current, changes):
        self.current, self.changes = current, changes
        super().__init__(sentence)
