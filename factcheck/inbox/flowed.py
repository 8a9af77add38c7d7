"""Text whose lines were folded for transport (format=flowed, RFC 3676), as it was written."""


def unfold(text, delsp=False):
    """Join the lines that end in a space with the next of the same depth of quotation."""
    made, depth_before, open_line = [], 0, False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        said = line[depth:].removeprefix(" ")
        flows = said.endswith(" ") and said != "-- "
        kept = said[:-1] if flows and delsp else said
        if open_line and depth == depth_before and said != "-- ":
            made[-1] += kept
        else:
            made.append(">" * depth + (" " if depth else "") + kept)
        depth_before, open_line = depth, flows
    return "\n".join(made)
