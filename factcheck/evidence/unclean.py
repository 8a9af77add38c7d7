"""What a cleaner says when it cannot answer for a copy."""


class Unclean(Exception):
    """No copy without hidden data can be made of this file; the message says why, for the record."""
