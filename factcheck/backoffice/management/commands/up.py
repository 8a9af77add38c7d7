import contextlib
import getpass
import os
import socket
import sys
import tempfile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, call_command
from django.db import Error

from factcheck.backoffice import setting_up
from factcheck.claims.models import Claim
from factcheck.newsroom.models import User


class Command(BaseCommand):
    help = (
        "Sets the newsroom up and serves it: var/, database, roles, rating scale, the worked example and its people in an "
        "empty database, static files, server. Run again, it keeps everything and serves."
    )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="port to serve at (8000)")
        parser.add_argument("--bind", default="127.0.0.1", metavar="ADDRESS", help="address to serve at (127.0.0.1)")
        parser.add_argument(
            "--demo-password", metavar="PW", help="password of the demo people (else random, shown once)"
        )
        parser.add_argument("--empty", action="store_true", help="no example: asks for the first administrator")
        parser.add_argument(
            "--admin-name", metavar="NAME", help="with --empty: the first administrator, without asking"
        )
        parser.add_argument(
            "--admin-password-file", metavar="FILE", help="with --empty: a file that holds their password"
        )
        parser.add_argument("--no-serve", action="store_true", help="do all but serve; for scripts")

    def handle(self, **options):
        os.umask(0o077)  # what is made from here on is for this user alone
        with told_in_a_sentence():
            if not options["no_serve"]:
                require_free(options["bind"], options["port"])
            require_writable(settings.VAR_DIR)
            self.set_up(options)
        if not options["no_serve"]:
            serve(options["bind"], options["port"])

    def set_up(self, options):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if not setting_up.is_empty():
            self.stdout.write(
                f"Kept as it was, passwords too. Claims: {Claim.objects.count()}; people: {User.objects.count()}."
            )
        elif options["empty"]:
            self.begin_empty(options["admin_name"], options["admin_password_file"])
        else:
            self.load_example(options["demo_password"] or setting_up.random_password())

    def load_example(self, password):
        setting_up.load_example(password)
        self.stdout.write("Loaded the worked example. Its people, and their password, shown this once:")
        for username in setting_up.DEMO_PEOPLE:
            self.stdout.write(f"    {username:<16}{password}")

    def begin_empty(self, name, password_file):
        if not (name and password_file) and not sys.stdin.isatty():
            stop(
                "--empty asks for the first administrator; without a terminal give --admin-name and --admin-password-file."
            )
        name = name or input("Log-in name of the first administrator: ").strip()
        password = setting_up.password_in(password_file) if password_file else asked_password()
        setting_up.begin_empty(name, password)
        self.stdout.write(f"Made the administrator {name}. The database is empty otherwise.")


def stop(sentence):
    raise SystemExit(sentence)


@contextlib.contextmanager
def told_in_a_sentence():
    """What can go wrong on somebody's machine ends the command with one sentence and exit 1, never a traceback."""
    try:
        yield
    except Error as problem:
        stop(f"The database cannot be used: {first_line(problem)}.")
    except OSError as problem:
        stop(f"{problem.filename or settings.VAR_DIR} cannot be used: {problem.strerror}.")
    except ValidationError as problem:
        stop(" ".join(problem.messages))
    except (KeyboardInterrupt, EOFError):
        print(file=sys.stderr)
        stop("Stopped before anything was served; run it again.")


def first_line(problem):
    return str(problem).strip().partition("\n")[0].rstrip(".")


def require_free(bind, port):
    if not 1 <= port <= 65535:
        stop("--port must be a number from 1 to 65535.")
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(bind, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as problem:
        stop(
            f"Cannot serve at {bind} port {port}: {getattr(problem, 'strerror', None) or problem}. Try another --port."
        )


def require_writable(folder):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=folder).close()


def asked_password():
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Password, again: "):
        stop("The two passwords differ; run it again.")
    return password


def serve(bind, port):
    """Become the server: its signals are then its own, and nothing stands between it and Ctrl-C."""
    host = f"[{bind}]" if ":" in bind else bind
    shown = "127.0.0.1" if bind in ("0.0.0.0", "::") else host
    os.environ.setdefault("SITE_URL", f"http://{shown}:{port}")
    os.environ["UP_ADDRESS"] = f"http://{shown}:{port}"
    os.chdir(settings.BASE_DIR)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:factcheck.serving",
        "-b",
        f"{host}:{port}",
        "factcheck.wsgi",
    ]
    os.execv(command[0], command)
