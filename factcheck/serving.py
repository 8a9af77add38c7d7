"""How gunicorn serves the newsroom: `gunicorn -c python:factcheck.serving factcheck.wsgi`. `manage.py up` runs just that.

Every name that gunicorn knows is one of its settings: https://docs.gunicorn.org/en/stable/settings.html
"""

import os

# A process for each core, two at least, so that one long page does not hold up everybody; the README has the figures.
workers = min(max(os.cpu_count() or 1, 2), 4)
worker_class = "gthread"
threads = 4
preload_app = True  # one copy in memory, and a wrong setting is told once, before anything listens
control_socket_disable = True
loglevel = "warning"


def when_ready(server):
    if address := os.environ.get("UP_ADDRESS"):
        print(f"Serving at {address} for readers and {address}/desk/ for staff. Ctrl-C stops.", flush=True)


def on_exit(server):
    if "UP_ADDRESS" in os.environ:
        print("Stopped.", flush=True)
