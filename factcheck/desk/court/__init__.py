"""The file for a complaint or a court: the record of a claim, or of one right of reply, in time order and with its hashes.

`gathering` reads it into one frozen value, `redaction` makes the form that may leave the house, `shape` is its JSON; the
staff's door prints the same value as a page for paper. Whoever reads it needs nothing of ours to check it.
"""
