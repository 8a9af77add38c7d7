"""PostgreSQL servers and a pgbouncer of a test's own, in folders of their own, for what may not be done to the shared one."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

QUICK = "-c fsync=off -c synchronous_commit=off -c max_connections=60"
MISSING = "{} is not here: apt install {}"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def as_postgres(*command, **options):
    """Run it as somebody who is not root, which PostgreSQL and pgbouncer refuse to be."""
    if os.geteuid() == 0:
        command = ("runuser", "-u", "postgres", "--", *command)
    return subprocess.run(list(map(str, command)), cwd="/", check=True, stdout=subprocess.DEVNULL, **options)


@contextmanager
def folder_of_postgres():
    """A folder that PostgreSQL's user owns and may walk to, as it may not to those of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def program(name):
    """The newest one that Debian's package brings. Raises FileNotFoundError where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    if not found:
        raise FileNotFoundError(MISSING.format(name, "postgresql"))
    return found[-1]


class Server:
    """A PostgreSQL server; everybody from this machine is let in as whoever they say they are."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.data = folder / "data"

    def url(self, database="postgres", user="postgres"):
        return f"postgres://{user}@127.0.0.1:{self.port}/{database}"

    def begin(self):
        as_postgres(
            program("initdb"), "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        self.start()

    def begin_as_replica_of(self, other):
        as_postgres(
            program("pg_basebackup"), "-d", other.url(), "-D", self.data, "-R", "--checkpoint=fast", "-X", "stream"
        )
        self.start()

    def start(self):
        said = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder} {QUICK}"
        as_postgres(program("pg_ctl"), "-D", self.data, "-l", self.folder / "log", "-w", "-o", said, "start")

    def stop(self):
        as_postgres(program("pg_ctl"), "-D", self.data, "-m", "immediate", "-w", "stop")

    @contextmanager
    def frozen(self):
        """Stopped in the middle of what it does, and all it has started with it, until the block ends."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        stopped = [first]
        os.kill(first, signal.SIGSTOP)  # nobody new from here on
        stopped += map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())
        for process in stopped[1:]:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in stopped:
                os.kill(process, signal.SIGCONT)

    def take_in(self, url, name):
        """A copy of somebody's database, without its grants."""
        as_postgres(program("psql"), "-q", "-d", self.url(), "-c", f"CREATE DATABASE {name}")
        command = [program("pg_dump"), "--no-privileges", "-d", url]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as dump:
            as_postgres(program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-d", self.url(name), stdin=dump.stdout)
        assert dump.returncode == 0


@contextmanager
def running(make):
    """A Server that `make` begins, until the block ends."""
    with folder_of_postgres() as folder:
        server = Server(folder)
        make(server)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def bouncer(target_port, users):
    """A pgbouncer before the server at this port, in transaction mode as the README sets it up; its port."""
    if not shutil.which("pgbouncer", path="/usr/sbin:/usr/bin"):
        raise FileNotFoundError(MISSING.format("pgbouncer", "pgbouncer"))
    with folder_of_postgres() as folder:
        port, settings = free_port(), folder / "pgbouncer.ini"
        (folder / "users").write_text("".join(f'"{user}" "{password}"\n' for user, password in users.items()))
        settings.write_text(_SETTINGS.format(target=target_port, port=port, folder=folder))
        as_postgres("/usr/sbin/pgbouncer", "-q", "-d", settings)
        try:
            _wait_for(port)
            yield port
        finally:
            os.kill(int((folder / "pid").read_text()), 15)
            _wait_until_gone(folder / "pid")


_SETTINGS = """[databases]
* = host=127.0.0.1 port={target}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 2
ignore_startup_parameters = options
pidfile = {folder}/pid
logfile = {folder}/log
"""


def _wait_for(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
    raise AssertionError("pgbouncer did not come to serve")


def _wait_until_gone(path):
    for _ in range(100):
        if not path.exists():
            return
        time.sleep(0.05)
