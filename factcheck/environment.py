"""Reading settings from the environment. A value that cannot be meant is refused in a sentence that names the variable.

Every reader takes the variable's name and a default, and raises ImproperlyConfigured.
"""

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from holidays import list_supported_countries

from .environment_databases import database, page_cache, readers_database  # noqa: F401  (settings.py reads all from here)
from .environment_imap import imap  # noqa: F401  (settings.py reads all from here)
from .environment_keys import backup_key, secret, vault_keys  # noqa: F401  (settings.py reads all from here)
from .environment_reading import listed, read, wrong
from .environment_sso import provider  # noqa: F401  (settings.py reads all from here)

HOST = r"\.?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]"
SHELVES = ("evidence", "published", "mail")
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


def text(name, default):
    """One line of at most 200 characters that says something."""
    value = read(name, default)
    if not value or len(value) > 200 or not value.isprintable():
        raise wrong(name, "be one line of text, up to 200 characters")
    return value


def optional(name, default):
    """One line of at most 200 characters, or nothing."""
    value = read(name, default)
    return text(name, default) if value else ""


def mailbox(name, default):
    """An e-mail address, or @ and a domain of which every address is ours, or nothing."""
    value = read(name, default)
    try:
        if value:
            validate_email(f"any{value}" if value.startswith("@") else value)
    except ValidationError:
        raise wrong(name, "be an e-mail address, such as replies@example.org, or @replies.example.org") from None
    return value


def flag(name, default):
    value = read(name, "true" if default else "false").lower()
    if value not in ("true", "1", "yes", "on", "false", "0", "no", "off"):
        raise wrong(name, "be true or false")
    return value in ("true", "1", "yes", "on")


def whole_number(name, default, least, most):
    value = read(name, str(default))
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise wrong(name, f"be a whole number from {least} to {most}")
    return int(value)


def address(name, default):
    """An e-mail address."""
    value = read(name, default)
    try:
        validate_email(value)
    except ValidationError:
        raise wrong(name, "be an e-mail address, such as corrections@example.org") from None
    return value


def contact(name, default):
    """Where one is reached, as an address: https://..., or mailto: before an e-mail address. Empty where none is set."""
    value = read(name, default)
    if value.startswith("mailto:"):
        sound = re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", value.removeprefix("mailto:"))
    else:
        sound = not value or re.fullmatch(r"https://[^\s/<>]+(/[^\s<>]*)?", value)
    if not sound:
        raise wrong(name, "be https:// and a page, or mailto: and an e-mail address")
    return value


def page(name, named_by):
    """The https:// address of a page about what the variable `named_by` names, or nothing."""
    value = read(name, "")
    if value and not re.fullmatch(r"https://[^\s/<>]+(/[^\s<>]*)?", value):
        raise wrong(name, "be https:// and a page")
    if value and not read(named_by, ""):
        raise wrong(named_by, f"be set where {name} is")
    return value


def zone(name, default):
    value = read(name, default)
    if value not in available_timezones():
        raise wrong(name, "be a time zone by its IANA name, such as Pacific/Auckland or Europe/London")
    return value


def country(name, default):
    """A country whose public holidays are known, by its two letters."""
    value = read(name, default)
    if value not in list_supported_countries():
        raise wrong(name, "be a country by its two letters, such as NZ")
    return value


def region(name, of, default):
    """A part of the country `of` that has holidays of its own, or nothing."""
    value = read(name, default)
    if value and value not in (known := list_supported_countries()[of]):
        raise wrong(name, f"be empty or a region of {of}: {', '.join(known) or 'none is known'}")
    return value


def folder(name, default):
    """A folder, as an absolute path. It need not exist yet."""
    value = Path(read(name, str(default)) or "?").expanduser()
    if not value.is_absolute():
        raise wrong(name, "be the absolute path of a folder, such as /var/lib/factcheck")
    return value


def host_of(origin):
    """The host as ALLOWED_HOSTS spells it: without a port, an IPv6 address in its brackets."""
    return re.sub(r":[0-9]+$", "", urlsplit(origin).netloc)


def site(name, default):
    """The address readers use: scheme and host, without a path. Returned without a slash at its end."""
    value = read(name, default).rstrip("/")
    if not _is_origin(value):
        raise wrong(
            name, "be http:// or https:// and a host, and nothing behind it, such as https://checks.example.org"
        )
    return value


def hosts(name, default, secure):
    """Host names, comma-separated. Behind TLS every one has a name; `*` is for trying things out."""
    allowed = listed(name, default)
    if not allowed or not all(re.fullmatch(HOST, host, re.I) or (host == "*" and not secure) for host in allowed):
        raise wrong(
            name, "be host names with commas between them, without http:// or a port, such as checks.example.org"
        )
    return allowed


def origins(name, default):
    """Scheme and host of other sites whose forms may be sent to this one, comma-separated."""
    allowed = listed(name, default)
    if not all(_is_origin(origin.replace("://*.", "://")) for origin in allowed):
        raise wrong(name, "be addresses of scheme and host with commas between them, such as https://desk.example.org")
    return allowed


def ancestors(name, default):
    """Whose pages may show one of ours in a frame: `*` for all, `none`, or origins, as CSP's frame-ancestors has them."""
    value = listed(name, default)
    if value in (["*"], ["none"]):
        return ["'none'"] if value == ["none"] else value
    if not value or not all(_is_origin(origin.replace("://*.", "://")) for origin in value):
        raise wrong(
            name, "be *, none, or addresses of scheme and host with commas between them, https://*.example.org too"
        )
    return value


def mail(name, default):
    """Django's e-mail settings, from an address."""
    value = read(name, default)
    try:
        parts, config = urlsplit(value), environ.Env.email_url_config(value)
        sound = parts.hostname if parts.scheme in MAIL_PORTS else parts.scheme == "consolemail"
    except (ValueError, ImproperlyConfigured):
        sound = False
    if not sound:
        raise wrong(
            name, "be smtp+tls://user:password@host:587, the same with smtp:// or smtp+ssl://, or consolemail://"
        )
    given = {key: setting for key, setting in config.items() if setting is not None}
    return {"EMAIL_PORT": MAIL_PORTS.get(parts.scheme, 25), **given}


def file_shelves(name, folder):
    """Django's storages for the shelves in SHELVES: under `folder`, or in S3-compatible storage."""
    value = read(name, "")
    if not value:
        kind = "factcheck.files.folder.Folder"
        return {
            shelf: {
                "BACKEND": kind,
                "OPTIONS": {
                    "location": folder / shelf,
                    "file_permissions_mode": 0o400,
                    "directory_permissions_mode": 0o700,
                },
            }
            for shelf in SHELVES
        }
    options = _bucket(value)
    if not options:
        raise wrong(name, "be s3://ACCESS_KEY:SECRET_KEY@host/bucket, or s3+http:// for a store on this machine")
    if not find_spec("storages"):
        raise ImproperlyConfigured(f"{name} asks for S3, but its driver is missing: pip install -e '.[s3]'.")
    return {
        shelf: {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**options, "location": shelf}}
        for shelf in SHELVES
    }


def _bucket(value):
    """The options of S3Storage from an address; none where it is no such address. Keys are percent-encoded."""
    try:
        parts = urlsplit(value)
        scheme = {"s3": "https", "s3+http": "http"}[parts.scheme]
        bucket = parts.path.strip("/")
        place = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
        region = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query))).get("region", "us-east-1")
    except (KeyError, ValueError):
        return {}
    if not (parts.username and parts.password and parts.hostname and re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}", bucket)):
        return {}
    return {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "bucket_name": bucket,
        "endpoint_url": f"{scheme}://{place}",
        "region_name": region,
        "file_overwrite": False,
        "default_acl": None,
    }


def _is_origin(value):
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018  (raises ValueError where it is no number)
        named = re.fullmatch(HOST, host_of(value), re.I)
    except ValueError:
        return False
    return bool(named) and value == f"{parts.scheme}://{parts.netloc}" and parts.scheme in ("http", "https")
