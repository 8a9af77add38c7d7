"""Why a page was not brought home, in a sentence for whoever asked for it."""


class NotFetched(Exception):
    """The page is not in hand. `sentence` says why; `code` is the same in one word, for lists and tests."""

    def __init__(self, code, sentence):
        super().__init__(f"{code}: {sentence}")
        self.code, self.sentence = code, str(sentence)


class Forbidden(NotFetched):
    """We do not go there: the address is not one of the public web. Trying again changes nothing."""


class Failed(NotFetched):
    """We went and came back without it: no answer, too slow, too big, broken."""
