"""Who may do what in the newsroom: the five roles and, for each, the records they may see and write.

The one place where roles are defined. `migrate` copies it into Django's groups and permissions, so a change here reaches every
installation. What a role may do to a *claim in the process* (sign off, publish ...) is `desk/permissions.py`.
"""

from django.contrib.auth.management import create_permissions
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    JOURNALIST = "journalist", _("Journalist")
    EDITOR = "editor", _("Editor")
    SENIOR_EDITOR = "senior-editor", _("Senior editor")
    LEGAL = "legal", _("Legal")
    ADMINISTRATOR = "administrator", _("Administrator")


EDITORS = frozenset({Role.EDITOR, Role.SENIOR_EDITOR})
AUTHORS = EDITORS | {Role.JOURNALIST}
DISCLOSERS = frozenset({Role.SENIOR_EDITOR, Role.LEGAL})  # who take something out whole, for the newsroom’s lawyer
STAFF = AUTHORS | {Role.LEGAL, Role.ADMINISTRATOR}

SEE, WRITE = ("view",), ("view", "add", "change")
RECORD = ("sources", "claims", "evidence", "reply", "letters", "inbox", "desk")  # the living record, app by app

# role -> app label -> verbs on every model of that app. Nobody deletes.
RECORD_PERMISSIONS = {
    Role.JOURNALIST: {**dict.fromkeys(RECORD, WRITE), "published": SEE},
    Role.EDITOR: {**dict.fromkeys(RECORD, WRITE), "published": SEE, "newsroom": SEE},
    Role.SENIOR_EDITOR: {**dict.fromkeys(RECORD, WRITE), "published": SEE, "newsroom": SEE},
    Role.LEGAL: {**dict.fromkeys(RECORD, SEE), "published": SEE, "newsroom": SEE},
    Role.ADMINISTRATOR: {"newsroom": WRITE, "published": SEE},
}


def sync_roles(app_config, using, **kwargs):
    """After `migrate` of an app: give each role exactly the permissions the table above names for that app.

    Permissions are made here and now, because this may run before Django's own receiver has made them.
    """
    from django.contrib.auth.models import Group, Permission

    if not app_config.name.startswith("factcheck."):
        return
    create_permissions(app_config, using=using, verbosity=0)
    for role, table in RECORD_PERMISSIONS.items():
        group, _made = Group.objects.using(using).get_or_create(name=role.value)
        ours = Permission.objects.using(using).filter(content_type__app_label=app_config.label)
        allowed = [p for p in ours if p.codename.split("_")[0] in table.get(app_config.label, ())]
        group.permissions.remove(*ours.exclude(pk__in=[p.pk for p in allowed]))
        group.permissions.add(*allowed)
