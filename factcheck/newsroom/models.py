"""The people of the newsroom, and the journal of everything they did."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from factcheck.database.rows import AppendOnlyModel

from .roles import Role


class User(AbstractUser):
    """A member of staff. Roles are given by an administrator; being a superuser gives none of them."""

    byline = models.CharField(
        _("byline"),
        max_length=150,
        blank=True,
        help_text=_("Your name as readers see it under a fact-check. Left empty, your first and last name are used."),
    )
    is_example = models.BooleanField(_("comes with the worked example"), default=False, editable=False)

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.CheckConstraint(condition=~models.Q(username=""), name="user_has_a_log_in_name")]

    def __str__(self):
        return self.shown_as

    @property
    def shown_as(self):
        return self.byline or self.get_full_name() or self.username

    @cached_property
    def roles(self):
        """The person's roles, as a frozenset of `Role`. One query, once a request."""
        names = set(self.groups.values_list("name", flat=True))
        return frozenset(role for role in Role if role.value in names)

    def has_role(self, *roles):
        """Whether the person is active and has any of these roles. Being a superuser does not count."""
        return self.is_active and not self.roles.isdisjoint(roles)


class Session(AbstractBaseSession):
    """Somebody logged in, in one browser. Only `sessions.SessionStore` writes one; its key is kept as a hash."""

    browser = models.CharField(_("browser"), max_length=60)
    person = models.ForeignKey(
        "User", models.CASCADE, null=True, related_name="sessions", verbose_name=_("person")
    )  # nobody, until they are logged in
    began_at = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last used"))

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()
        # somebody's sessions, for themselves and for an administrator who ends them
        indexes = [models.Index(fields=["person", "seen_at"], name="session_by_person")]

    def __str__(self):
        return self.browser

    @classmethod
    def get_session_store_class(cls):
        from .sessions import SessionStore

        return SessionStore


class SignOn(models.Model):
    """An account at the newsroom's identity provider that opens somebody's account here. Written by `sign_on` alone."""

    issuer = models.CharField(_("provider"), max_length=300)
    subject = models.CharField(_("account there"), max_length=255)  # as OpenID Connect bounds it
    person = models.ForeignKey("User", models.CASCADE, related_name="sign_ons", verbose_name=_("person"))
    linked_at = models.DateTimeField(_("linked at"), auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("link to single sign-on")
        verbose_name_plural = _("links to single sign-on")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="signon_opens_one"),  # at the log-in
            models.UniqueConstraint(fields=["person", "issuer"], name="signon_one_for_a_person"),  # whose it is
        ]

    def __str__(self):
        return self.issuer


class Invitation(models.Model):
    """Somebody asked in by e-mail, with the roles they are to have. Only `invitations` writes one; of its link it keeps a hash."""

    email = models.EmailField(_("e-mail address"), help_text=_("Where the link goes. Whoever opens it gets in."))
    roles = models.JSONField(_("roles"), default=list, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("works until"))
    invited_at = models.DateTimeField(_("invited"))
    invited_by = models.ForeignKey("User", models.PROTECT, related_name="+", verbose_name=_("invited by"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    accepted_by = models.OneToOneField(
        "User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who came")
    )
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        "User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_by=None)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False, accepted_at=None),
                name="invitation_revoked_by_somebody",
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_one_for_an_address",
            ),
        ]
        # the list of invitations, the newest first
        indexes = [models.Index(fields=["invited_at"], name="invitation_by_time")]

    def __str__(self):
        return self.email


class CacheEntry(models.Model):
    """A row of Django's cache in the database, here so that `migrate` makes its table. Nobody but that cache reads or writes it.

    It counts refused log-ins and remembers used codes, for all processes together.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)  # the cache's own sweep of what is over

    class Meta:
        db_table = "newsroom_cache"
        default_permissions = ()

    def __str__(self):
        return self.cache_key


class JournalEntry(AppendOnlyModel):
    """One thing somebody did, written down at the moment it was done. Only `journal.write` adds one; nothing changes one.

    Each entry carries the hash of the one before, so that a row altered, removed or slipped in later is found.
    """

    number = models.BigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("when"))
    verb = models.CharField(_("what was done"), max_length=60)
    # "claim:6f1c...", "speaker:12": text, so that it outlives the row
    record = models.CharField(_("record"), max_length=80)
    claim_ref = models.CharField(_("claim"), max_length=36, blank=True)
    authored = models.BooleanField(_("wrote"))  # whether it wrote something that a sign-off judges
    details = models.JSONField(_("details"))
    # no foreign key: a person may go, the entry stays
    actor_id = models.BigIntegerField(_("who, by number"), null=True)
    actor = models.CharField(_("who"), max_length=150)
    previous_hash = models.CharField(_("hash before"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        default_permissions = ("view",)
        ordering = ["-number"]
        indexes = [
            # "who wrote any part of this claim": desk.dossier, with the claim and all it points to
            models.Index(fields=["record", "authored"], name="journal_by_record"),
            # the history panel of a claim's page
            models.Index(fields=["claim_ref", "number"], name="journal_by_claim"),
            # everything somebody did: the journal's own page at the desk
            models.Index(fields=["actor", "number"], name="journal_by_actor"),
        ]

    def __str__(self):
        return f"{self.number} {self.verb} {self.record}"
