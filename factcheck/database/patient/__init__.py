"""PostgreSQL as Django knows it, but that nobody waits for ever for a server that has stopped without a word.

A machine that hangs, or is cut off, refuses nothing: without a bound, each request waits with the thread that answers it, until
there is none left. Seconds, all of them.
"""

LET_IN = 5  # to be let in; `?connect_timeout=` at the end of an address is another
A_SIGN = 5  # for a connection that was kept to say that it is still good
TO_CANCEL = 1  # for the server to hear that nobody waits for a statement any more

statement = None  # may go so long without a word from the server: a command's as long as it takes


def of_pages():
    """From now on, in this process, somebody waits at a page for what is asked."""
    global statement
    statement = 20
