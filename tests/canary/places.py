"""Where the canary is looked for: every address and every command has its line here, or the walk fails."""

from django.urls import get_resolver

from tests.backoffice import test_doors as desk
from tests.machines.addresses import ADDRESSES as FOR_MACHINES
from tests.machines.addresses import PAGE
from tests.website.addresses import ADDRESSES

# The entrance and the private page of the right of reply: address by name, with what stands in it.
ENTRANCE = {
    **dict.fromkeys(
        ["account_login", "mfa_authenticate", "mfa_login_webauthn", "account_inactive", "account_logout"], []
    ),
    **dict.fromkeys(["entrance_logged_out", "account_reauthenticate", "mfa_index", "mfa_activate_totp"], []),
    **dict.fromkeys(["mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_reauthenticate"], []),
    **dict.fromkeys(["mfa_reauthenticate_webauthn", "mfa_deactivate_totp", "mfa_list_webauthn"], []),
    **dict.fromkeys(
        ["account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done"], []
    ),
    "account_reset_password_from_key": ["1", "no-such-key"],
    **dict.fromkeys(["entrance_end_session", "entrance_end_others", "entrance_stay"], []),
    "mfa_remove_webauthn": [1],
    "mfa_edit_webauthn": [1],
    "mfa_generate_recovery_codes": [],
    "entrance_invited": ["no-such-token"],
    **dict.fromkeys(["entrance_sso", "entrance_sso_back", "entrance_invited_by_sso"], []),
    "reply_nowhere": [],
    "reply_page": ["no-such-token"],
    "reply_received": ["no-such-token"],
}

# How each command is run for the walk; None: what it does is walked elsewhere, and why.
COMMANDS = {
    "seed": ["--scale-only"],
    "workflow_diagram": [],
    "verify_journal": [],
    "verify_evidence": [],
    "verify_mail": [],
    "check_published": [],
    "bake": None,  # what it writes is what the addresses answer, byte for byte (tests/baking), and those are walked
    "public_role": [],
    "new_vault_key": [],
    "rotate_vault_keys": [],
    "seal_files": [],
    "up": None,  # migrates and serves: its pages are walked
    "receive_mail": None,  # takes a message on standard input; its answers are numbers
    "fetch_mail": None,  # asks a mail server; what it takes in lies in tables, which are searched whole
    "work": None,  # a loop; what it writes lies in tables, which are searched whole
    "backup": None,  # of a file of its own: the database's bytes are searched here, and the copy is the same
    "restore": None,
}


def every_name():
    """The name of every address there is."""
    yield from _names(get_resolver().url_patterns)


def _names(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def known_names():
    """Every address that the walk opens, by name."""
    return {*ADDRESSES, *FOR_MACHINES, PAGE, *desk.whole_table(), *desk.WITHOUT_LOG_IN, *ENTRANCE}
