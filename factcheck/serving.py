"""How gunicorn serves the newsroom: `gunicorn -c python:factcheck.serving factcheck.wsgi`. `manage.py up` runs just that.

Every name that gunicorn knows is one of its settings: https://docs.gunicorn.org/en/stable/settings.html
"""

import gc
import os
import signal
import subprocess
import sys

# A process for each core, two at least, so that one long page does not hold up everybody; the README has the figures.
workers = min(max(os.cpu_count() or 1, 2), 4)
worker_class = "gthread"
threads = 4
preload_app = True  # one copy in memory, and a wrong setting is told once, before anything listens
control_socket_disable = True
loglevel = "warning"
logger_class = "factcheck.server_log.ServerLog"  # no private page's address in it, whatever is logged


def post_worker_init(worker):
    # Ctrl-C reaches a process of ours twice, from the terminal and from gunicorn; its own handler for that can lock itself up,
    # half a minute long. So an interrupt is what SIGTERM is: answer what is in hand, then end.
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, worker.handle_exit)


def worker_exit(server, worker):
    for number in (signal.SIGINT, signal.SIGQUIT):  # the second of the two, while Python is already leaving
        signal.signal(number, signal.SIG_IGN)


def when_ready(server):
    # What was loaded stays: the collector need not go over it again in every worker, nor write to memory that they share.
    gc.freeze()
    if address := os.environ.get("UP_ADDRESS"):
        print(f"Serving at {address} for readers and {address}/desk/ for staff. Ctrl-C stops.", flush=True)
        # It watches its parent, and so ends with the server however that ends. In a session of its own, so that Ctrl-C, which
        # a terminal sends to everybody, reaches it through `on_exit` alone and not in the middle of starting.
        command = [sys.executable, "-m", "factcheck.beside", str(os.getpid())]
        server.work = subprocess.Popen(command, start_new_session=True)


def on_exit(server):
    if "UP_ADDRESS" in os.environ:
        if (work := getattr(server, "work", None)) and work.poll() is None:
            work.terminate()
            work.wait(timeout=75)  # it finishes the e-mail in hand
        print("Stopped.", flush=True)
