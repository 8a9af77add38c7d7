"""Which databases we use, from the environment: the newsroom's own, and the one that readers' pages read through."""

import re
from importlib.util import find_spec
from urllib.parse import quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from .database import patient
from .environment_reading import read, wrong

DATABASES = {"sqlite": "django.db.backends.sqlite3"} | dict.fromkeys(
    ("postgres", "postgresql", "pgsql"), "factcheck.database.patient"
)
PAGES = 2_000  # kept in each process: of a newsroom's usual pages, 40 MB
# A machine that is cut off, or gone without a word, is noticed by the system after half a minute and not after two hours.
CUT_OFF = {"keepalives_idle": 15, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
READ_ONLY_SQLITE = "factcheck.database.read_only"


def database(name, default, relative_to):
    """Django's settings of a SQLite or PostgreSQL database, from its address. A relative file lies in `relative_to`."""
    value = read(name, default)
    config = _database(value)
    if not config.get("NAME"):
        raise wrong(name, "be sqlite:////path/of/a/file or postgres://user:password@host:5432/name")
    config |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if config["ENGINE"] == DATABASES["sqlite"]:
        return _sqlite(config, relative_to)
    if not find_spec("psycopg"):
        raise ImproperlyConfigured(
            f"{name} asks for PostgreSQL, but its driver is missing: pip install -e '.[postgres]'."
        )
    return config | {"OPTIONS": {"connect_timeout": patient.LET_IN, **CUT_OFF, **config.get("OPTIONS", {})}}


def readers_database(name, same_as, relative_to):
    """Django's settings of the database that readers' pages read through: `same_as` where none is named, and read-only."""
    config = database(name, default="", relative_to=relative_to) if read(name, "") else {**same_as}
    options = config.get("OPTIONS", {})
    config["TEST"] = {"MIRROR": "default"}
    if config["ENGINE"] == DATABASES["sqlite"]:
        address = f"file:{quote(config['NAME'])}?mode=ro"
        return config | {"ENGINE": READ_ONLY_SQLITE, "NAME": address, "OPTIONS": {"timeout": options["timeout"]}}
    said = f"{options.get('options', '')} -c default_transaction_read_only=on".strip()
    return config | {"OPTIONS": {**options, "options": said}}


def page_cache(name):
    """Django's settings of the cache of readers' pages: in each process, or in Redis or Valkey for all of them."""
    value = read(name, "locmem://")
    if value == "locmem://":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name, "TIMEOUT": None} | {
            "OPTIONS": {"MAX_ENTRIES": PAGES}
        }
    if not re.fullmatch(r"(redis|rediss|unix)://[^\s]+", value):
        raise wrong(name, "be redis://host:6379/0, rediss:// for the same over TLS, or locmem://")
    if not find_spec("redis"):
        raise ImproperlyConfigured(f"{name} asks for Redis, but its driver is missing: pip install -e '.[redis]'.")
    return {
        "BACKEND": "factcheck.website.kept_in_redis.Pages",
        "LOCATION": value,
        "KEY_PREFIX": "factcheck",
        "TIMEOUT": 7 * 24 * 60 * 60,  # seconds; what nobody asks for falls out
        "OPTIONS": {
            "serializer": "factcheck.website.kept_in_redis.Plain",
            "socket_timeout": 0.5,  # seconds; a page is made in less
            "socket_connect_timeout": 0.5,
        },
    }


def _database(value):
    try:
        parts = urlsplit(value)
        if parts.scheme not in DATABASES or (parts.scheme == "sqlite" and parts.netloc not in ("", ":memory:")):
            return {}
        return environ.Env.db_url_config(value, engine=DATABASES[parts.scheme])
    except ValueError:
        return {}


def _sqlite(config, relative_to):
    # WAL lets readers read while somebody writes; IMMEDIATE takes the write lock at the start of a transaction, so that
    # two editors wait for each other instead of failing half-way. What is deleted is overwritten in the file, too.
    name = config["NAME"] if config["NAME"] == ":memory:" else str(relative_to / config["NAME"])
    start = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
    return {**config, "NAME": name, "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": start}}
