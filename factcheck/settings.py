"""Every setting, from the environment; with none set, everything works on one machine out of `var/`.

Each name read here has its sentence in the README's table of settings. What a value may be is in `environment.py`.
"""

from pathlib import Path

from csp.constants import NONE, SELF

from . import environment as env
from . import environment_fetching as going_out
from . import logs, machine_answers

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")

SITE_URL = env.site("SITE_URL", default="http://127.0.0.1:8000")
OVER_TLS = SITE_URL.startswith("https://")
DEBUG = env.flag("DEBUG", default=False)
if DEBUG and OVER_TLS:
    raise env.wrong(
        "DEBUG", "be false where SITE_URL is https://, because its error pages show everything to everybody"
    )
WEBSITE_ONLY = env.flag(
    "WEBSITE_ONLY", default=False
)  # readers' pages and nothing else: it asks for no key and has none
SECRET_KEY = "" if WEBSITE_ONLY else env.secret("SECRET_KEY", kept_in=VAR_DIR / "secret-key")
VAULT_KEYS = [] if WEBSITE_ONLY else env.vault_keys("VAULT_KEYS")
ALLOWED_HOSTS = env.hosts(
    "ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]", env.host_of(SITE_URL)],
    secure=OVER_TLS,
)
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", default=[])
NEWSROOM_NAME = env.text("NEWSROOM_NAME", default="The Record")

INSTALLED_APPS = [
    "factcheck.newsroom",
    "factcheck.published",
    "factcheck.sources",
    "factcheck.claims",
    "factcheck.evidence",
    "factcheck.reply",
    "factcheck.letters",
    "factcheck.inbox",
    "factcheck.desk",
    "factcheck.backoffice",
    "factcheck.website",
    "factcheck.machines",
    "factcheck.entrance",
    "factcheck.safekeeping",
    "factcheck.baking",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "factcheck.portal",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "simple_history",
    "csp",
]

READERS_APPS = ["factcheck.published", "factcheck.website", "factcheck.machines"]
READERS_APPS += ["factcheck.baking", "django.contrib.staticfiles", "django_filters", "csp"]

# What every answer passes, and behind it what readers' pages pass and what the pages do at which somebody is known.
EVERY_ANSWER = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factcheck.policy.WrittenOnce",
]
READERS_MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
BEHIND_DOORS = ("/desk", "/reply")
MIDDLEWARE = [
    "factcheck.portal.privacy.NothingTold",
    *EVERY_ANSWER,
    "factcheck.doors.ReadersGoStraight",
    "factcheck.backoffice.privacy.NothingKept",
    "factcheck.leaving.NothingUnnamed",
    "factcheck.limits.NotTooLarge",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "factcheck.backoffice.privacy.OwnForms",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "factcheck.entrance.idle.EndsWhenIdle",
    "factcheck.entrance.gate.SecondFactorDemanded",
    "factcheck.sources.stopped.StoppedIsKept",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", default="sqlite:///factcheck.sqlite3", relative_to=VAR_DIR)}
DATABASES["public"] = env.readers_database("PUBLIC_DATABASE_URL", same_as=DATABASES["default"], relative_to=VAR_DIR)
READERS_DATABASE = "public"  # what readers' pages read through
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "newsroom.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en-nz"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.zone("TIME_ZONE", default="Pacific/Auckland")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "factcheck" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    **env.file_shelves("FILES_URL", folder=VAR_DIR / "files"),
}

vars().update(env.mail("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 60  # seconds; what a mail server takes longer for is tried again, or is in doubt

# Nothing inline and nothing from another host, on every page, public and staff.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
EMBED_ANCESTORS = env.ancestors("EMBED_ANCESTORS", default=["*"])  # who may frame /embed/, and nothing else
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

# The staff's cookies go to the staff's pages alone: a reader's page neither sets one nor is sent one.
STAFF_PATH = "/desk/"
LOGIN_URL = f"{STAFF_PATH}login/"
LOGIN_REDIRECT_URL = STAFF_PATH
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # a day
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = STAFF_PATH
# What was done is told from the session: a cookie of its own would go to readers' pages, too.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "factcheck.newsroom.sessions"
IDLE_MINUTES = env.whole_number("IDLE_MINUTES", default=60, least=5, most=720)
SESSION_COOKIE_AGE = 12 * 60 * 60  # a long day
SESSION_COOKIE_HTTPONLY = True
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "factcheck.files.uploads.HiddenFileUploadHandler",  # what is too large for memory, unreadable on the disk
]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

# SITE_URL says whether the newsroom is served over TLS; cookies, HSTS and the trust in the proxy's word follow it.
if OVER_TLS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

# The entrance: django-allauth's log-in and second factors, with our adapters, forms and pages (factcheck/entrance).
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SECOND_FACTOR_FOR_ALL = env.flag("SECOND_FACTOR_FOR_ALL", default=False)
FRESH_SECOND_FACTOR_MINUTES = 5
SSO = None if WEBSITE_ONLY else env.provider("SSO_URL", default="")
SSO_NAME = env.text("SSO_NAME", default="Single sign-on")
SSO_SECOND_FACTOR = env.flag("SSO_SECOND_FACTOR", default=False)
ACCOUNT_ADAPTER = "factcheck.entrance.adapters.StaffAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to whom no account belongs
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * FRESH_SECOND_FACTOR_MINUTES
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key", "own_password": "5/5m/key"}
ACCOUNT_RATE_LIMITS["reauthenticate"] = "60/m/user"  # newsroom.old_password counts the wrong ones
ACCOUNT_FORMS = {
    "login": "factcheck.entrance.forms.LogInForm",
    "reauthenticate": "factcheck.entrance.forms.PasswordAgainForm",
    "reset_password": "factcheck.entrance.forms.ForgottenForm",
    "reset_password_from_key": "factcheck.entrance.forms.NewPasswordForm",
}
MFA_ADAPTER = "factcheck.entrance.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an account is given by an administrator, and may have no address at all
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_TOLERANCE = 1  # clocks differ, and people type slowly
MFA_FORMS = {
    "authenticate": "factcheck.entrance.forms.CodeForm",
    "reauthenticate": "factcheck.entrance.forms.CodeAgainForm",
    "activate_totp": "factcheck.entrance.forms.SetUpAppForm",
    "deactivate_totp": "factcheck.entrance.forms.RemoveAppForm",
    "add_webauthn": "factcheck.entrance.forms.AddPasskeyForm",
    "edit_webauthn": "factcheck.entrance.forms.RenamePasskeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if OVER_TLS else 0  # over TLS there is a proxy in front, which sets X-Forwarded-For

# What several processes must know together: how often somebody was refused, which codes were used. No name is in its keys.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "newsroom_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "pages": env.page_cache("CACHE_URL"),  # readers' pages as they were made; an entry's name says what it depends on
    # Parts of pages that are the same for as long as a process lives, which made them itself.
    "parts": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "parts", "TIMEOUT": None},
}

BACKUP_KEY = None if WEBSITE_ONLY else env.backup_key("BACKUP_KEY")

LOGGING = logs.to_stderr()

SIMPLE_HISTORY_REVERT_DISABLED = True
SIGN_OFFS_NEEDED = env.whole_number("SIGN_OFFS_NEEDED", default=1, least=1, most=5)
REPLY_MINIMUM_WORKING_HOURS = env.whole_number("REPLY_MINIMUM_WORKING_HOURS", default=8, least=0, most=80)
REPLY_MINIMUM_HOURS = env.whole_number("REPLY_MINIMUM_HOURS", default=24, least=1, most=720)
ATTEMPTS_BEFORE_SILENCE = env.whole_number("ATTEMPTS_BEFORE_SILENCE", default=5, least=2, most=20)
HOLIDAYS_COUNTRY = env.country("HOLIDAYS_COUNTRY", default="NZ")
HOLIDAYS_REGION = env.region("HOLIDAYS_REGION", of=HOLIDAYS_COUNTRY, default="AUK" if HOLIDAYS_COUNTRY == "NZ" else "")
LETTERS_FROM = env.address("LETTERS_FROM", default="replies@newsroom.example")
DEFAULT_FROM_EMAIL = LETTERS_FROM  # of what is sent to staff, too: mail servers take it from there
LETTERS_REPLY_TO = env.mailbox("LETTERS_REPLY_TO", default="")
LETTERS_CALL = env.optional("LETTERS_CALL", default="")
REMINDER_HOURS = env.whole_number("REMINDER_HOURS", default=24, least=1, most=168)
DIGEST_HOUR = env.whole_number("DIGEST_HOUR", default=8, least=0, most=23)
REPLY_PAGE_DAYS = env.whole_number("REPLY_PAGE_DAYS", default=90, least=1, most=730)
MAILBOX = env.imap("MAILBOX_URL", default="")
MAILBOX_DONE = env.text("MAILBOX_DONE", default="Filed")
MAIL_CHECKED_BY = env.optional("MAIL_CHECKED_BY", default="")
LICENCE_NAME = env.optional("LICENCE_NAME", default="")
LICENCE_URL = env.page("LICENCE_URL", named_by="LICENCE_NAME")
REST_FRAMEWORK, SPECTACULAR_SETTINGS = machine_answers.rest_framework(), machine_answers.spectacular()
API_REQUESTS_A_MINUTE = env.whole_number("API_REQUESTS_A_MINUTE", default=600, least=0, most=1_000_000)
SECURITY_CONTACT = env.contact("SECURITY_CONTACT", default="")
SECURITY_POLICY = env.contact("SECURITY_POLICY", default="")
REPORT_ERRORS_TO = env.address("REPORT_ERRORS_TO", default="corrections@newsroom.example")
LARGEST_UPLOAD_MB = env.whole_number("LARGEST_UPLOAD_MB", default=100, least=1, most=2000)
TIMESTAMP_ROOTS = going_out.certificates("TIMESTAMP_ROOTS")
TIMESTAMP_URL = going_out.authority("TIMESTAMP_URL", roots=TIMESTAMP_ROOTS)
CAPTURE_BEFORE_PUBLISHING = env.flag("CAPTURE_BEFORE_PUBLISHING", default=False)

# What goes out for a piece of evidence, when somebody asks for it.
USER_AGENT = going_out.header("USER_AGENT", default=f"factcheck-tracker/1.0 (+{SITE_URL}; {REPORT_ERRORS_TO})"[:200])
ALLOW_PRIVATE_CAPTURE = going_out.allowances("ALLOW_PRIVATE_CAPTURE")
INTERNET_ARCHIVE_KEYS = going_out.key_pair("INTERNET_ARCHIVE_KEYS")
INTERNET_ARCHIVE_URL = env.site("INTERNET_ARCHIVE_URL", default="https://web.archive.org")

if WEBSITE_ONLY:
    INSTALLED_APPS = READERS_APPS
    MIDDLEWARE = [*EVERY_ANSWER, *READERS_MIDDLEWARE]
    ROOT_URLCONF = "factcheck.readers_urls"
    DATABASES["default"] = {}  # there is no such database: whoever asks it fails
    STORAGES = {name: STORAGES[name] for name in ("default", "staticfiles", "published")}
    TEMPLATES[0]["OPTIONS"]["context_processors"] = []
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
