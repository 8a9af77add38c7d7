"""What the commands that verify a shelf say and do about files there that nothing names."""


def add_sweep(parser):
    parser.add_argument(
        "--sweep", action="store_true", help="remove what something that was stopped half-way left behind a day ago"
    )


def tell_of(strays, *, stderr, remove):
    """Say how many there are; `remove`, a function that takes them, is called where they were asked to go, else None."""
    if strays:
        stderr.write(f"{len(strays)} stray files lie there that nothing names. --sweep removes them.")
    if remove:
        remove(strays)
