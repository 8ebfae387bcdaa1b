"""Settings that hold everywhere; what differs stands in ``demo``, ``test`` and ``production``."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.utils.translation import gettext_lazy as _

env = environ.Env()
# An empty variable is none: a unit or a compose file can only leave something out that way.
env.ENVIRON = {name: value for name, value in os.environ.items() if value}

BASE_DIR = Path(__file__).resolve().parents[2]
ACADEMY_ENV = env.str("ACADEMY_ENV", default="")
VAR = Path(env.str("VAR", default=str(BASE_DIR / "var"))).resolve()

# --- What the code is made of -----------------------------------------------------------------
INSTALLED_APPS = [
    "academy.people",
    "academy.outbox",
    "academy.pages",
    "academy.knowledge",
    "certificates",
    "certificates.credits",
    "academy.gatherings",
    "courses.learning",
    "courses",
    "courses.kijkje",
    "courses.paths",
    "leertafels.cases",
    "leertafels",
    "academy.evaluations",
    "academy.partners",
    "academy.portal",
    "academy.api",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    # Last, so that templates/django/forms/ of the project come first.
    "django.forms",
]
FORM_RENDERER = "academy.common.forms.Renderer"

MIDDLEWARE = [
    # Outside the memory of public pages: that keeps one copy, whatever a browser accepts.
    "academy.portal.middleware.CompressPages",
    "academy.common.page_cache.PublicPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "academy.common.headers.Headers",
    "academy.people.middleware.ReadableRequestMiddleware",
    "academy.people.middleware.DoorPauseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "academy.people.middleware.SecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "academy.urls"
WSGI_APPLICATION = "academy.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
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
                "wagtail.contrib.settings.context_processors.settings",
                "academy.portal.context.portal",
            ],
            # academy.common is no app: it has no tables.
            "libraries": {
                "formats": "academy.common.templatetags.formats",
                "look": "academy.common.templatetags.look",
            },
        },
    },
]

# --- Where it keeps things --------------------------------------------------------------------
# SQLite waits for a lock only when a transaction says at its start that it will write, hence IMMEDIATE.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
        "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000; PRAGMA foreign_keys=ON;"
    ),
}
# The server plans a question once per connection and not at each asking. A pooler that hands out a connection per
# transaction does not go with it (docs/decisions.md).
POSTGRESQL_OPTIONS = {"server_side_binding": True, "prepare_threshold": 5}


def database(url: str) -> dict:
    """Django's connection settings for a ``DATABASE_URL`` (SQLite or PostgreSQL), with our options for that engine."""
    config = environ.Env.db_url_config(url)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        config["OPTIONS"] = dict(POSTGRESQL_OPTIONS)
        config["CONN_HEALTH_CHECKS"] = True
    # A new connection costs either engine more than most requests do: SQLite reads every table's definition anew.
    config["CONN_MAX_AGE"] = 60
    return config


DATABASES = {"default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR / 'academy.sqlite3'}"))}
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "academy" / "static"]
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://academy")}
SESSION_ENGINE = "academy.people.sessions"
# How old a public page may be for somebody without a session; 0 keeps none.
PUBLIC_PAGE_SECONDS = 30
# How long a menu may miss a page that was published, or show one that is gone; 0 looks every time.
MENU_SECONDS = 30

# --- Cookies and what browsers are told (academy.common.headers does the rest) --------------------
CSRF_COOKIE_HTTPONLY = True
MESSAGES_COOKIE_NAME = "messages"
MESSAGE_STORAGE = "academy.common.messages.Storage"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# --- People -----------------------------------------------------------------------------------
# How long an answer of the door waits at most, at random, so that its time tells nothing (trust.md A6).
DOOR_PAUSE_SECONDS = 0.025
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["academy.people.sessions.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "academy.people.forms.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "academy.people.forms.passwords.NotPersonal",
        "OPTIONS": {"user_attributes": ("full_name", "display_name", "email")},
    },
    {"NAME": "academy.people.forms.passwords.NotCommon"},
]
ACADEMY_MFA_REQUIRED = env.bool("ACADEMY_MFA_REQUIRED", default=True)
# Reverse proxies in front that add themselves to X-Forwarded-For; 0 means that the header is not believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# --- The door: django-allauth, the only way in ----------------------------------------------------
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mijn/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
ACCOUNT_ADAPTER = "academy.outbox.door.PostingDoorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "academy.people.forms.names.NameForm"
ACCOUNT_FORMS = {
    "login": "academy.people.forms.signing_in.DoorLoginForm",
    "signup": "academy.people.forms.signing_in.DoorSignupForm",
    "add_email": "academy.people.forms.signing_in.DoorAddressForm",
    "reset_password": "academy.people.forms.signing_in.DoorResetForm",
    "reset_password_from_key": "academy.people.forms.signing_in.OnceResetForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Only in the browser that just signed up; a link that is found later logs nobody in.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_CONFIRMATION_ANONYMOUS_REDIRECT_URL = "/account/login/"
MFA_ADAPTER = "academy.people.adapter.second_factor.DoorSecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Blijf Groeien Academie"
MFA_TOTP_TOLERANCE = 1  # a phone may be half a minute off
MFA_FORMS = {
    "activate_totp": "academy.people.forms.second_factor.FirstCodeForm",
    "add_webauthn": "academy.people.forms.second_factor.AddPasskeyForm",
    "authenticate": "academy.people.forms.second_factor.CodeForm",
    "reauthenticate": "academy.people.forms.second_factor.CodeAgainForm",
}
SOCIALACCOUNT_ADAPTER = "academy.people.adapter.social.DoorSocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
# An identity provider of one's own (Entra, Keycloak, …); nothing is shown when OIDC_SERVER_URL is empty.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
# Browsers hold the log-in form to these origins, also where the provider sends it on to.
CSP_FORM_ACTION = (
    ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER_URL)), *env.list("OIDC_LOGIN_ORIGINS", default=[])]
    if OIDC_SERVER_URL
    else []
)
OIDC_MFA_VALUES = set(env.list("OIDC_MFA_VALUES", default=["mfa"]))
# Whether somebody with a confirmed address at the provider is let in to the account with that address.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = env.bool(
    "OIDC_TRUST_EMAIL", default=False
)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": env.str("OIDC_ID", default="organisatie"),
                "name": env.str("OIDC_NAME", default="je organisatie"),
                "client_id": env.str("OIDC_CLIENT_ID", default=""),
                "secret": env.str("OIDC_SECRET", default=""),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

# --- Keys: files of their own, because what they guard must outlive or predecease the database ------
SIGNING_KEY_FILE = env.str("SIGNING_KEY_FILE", default=str(VAR / "keys" / "signing.key"))
LEDGER_KEY_FILE = env.str("LEDGER_KEY_FILE", default=str(VAR / "keys" / "ledger.key"))
CASE_KEY_FILE = env.str("CASE_KEY_FILE", default=str(VAR / "keys" / "case.key"))
CASE_KEY_FOLDER = env.str("CASE_KEY_FOLDER", default=str(VAR / "keys" / "cases"))

# --- Reports of faults: where it went wrong and never what somebody typed --------------------------
DEFAULT_EXCEPTION_REPORTER_FILTER = "academy.common.reports.WithoutValues"

# --- Addresses ----------------------------------------------------------------------------------
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
MAIL_FROM = env.str("MAIL_FROM", default="Blijf Groeien Academie <academie@voorbeeld.example>")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM

# --- CMS ------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Blijf Groeien Academie"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands")]
WAGTAILIMAGES_IMAGE_MODEL = "pages.SiteImage"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "pages.SiteDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt", "csv"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILIMAGES_IMAGE_FORM_BASE = "academy.pages.forms.ImageForm"
WAGTAIL_FINISH_WORKFLOW_ACTION = "academy.pages.domain.review.publish_reviewed"
# No WAGTAILADMIN_LOGIN_URL: whom the CMS refuses would go round between it and the log-in (views.door.side_door).
# A text is kept when its writer says so. Saving half a second after each key left half sentences in the history, and a
# click in that half second made the editor warn of a second window that was not there.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_RECENT_EDITS_LIMIT = 8
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILSEARCH_BACKENDS = {
    # For the CMS. What visitors search stands in tables of its own, which Wagtail keeps in step.
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "dutch"},
    "site": {"BACKEND": "academy.knowledge.search_backend"},
}

# --- Background work: the broker is only a wake-up call, the truth is academy.outbox.Job -----------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost//")
CELERY_TASK_ALWAYS_EAGER = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 1
# A request that wakes a worker never waits for a broker that is down: the sweep finds the job.
CELERY_TASK_PUBLISH_RETRY = False
# Ticks have a queue of their own, so that they get their turn however many jobs were woken for.
CELERY_TASK_ROUTES = {"academy.outbox.sweep": {"queue": "sweep"}, "academy.outbox.drain": {"queue": "sweep"}}
OUTBOX_SWEEP_SECONDS = env.float("OUTBOX_SWEEP_SECONDS", default=30.0)
OUTBOX_DRAIN_SECONDS = env.float("OUTBOX_DRAIN_SECONDS", default=10.0)
OUTBOX_WORKERS = env.int("OUTBOX_WORKERS", default=2)
OUTBOX_STORE_ONLY = False
TICK_KEPT_SECONDS = 60
CELERY_BEAT_SCHEDULE = {
    # A tick that waited a minute is thrown away: ticks do not pile up behind slow jobs, and a busy machine that
    # takes each of them a little late still does what nobody was woken for.
    "sweep": {
        "task": "academy.outbox.sweep",
        "schedule": OUTBOX_SWEEP_SECONDS,
        "options": {"expires": TICK_KEPT_SECONDS},
    },
    "drain": {
        "task": "academy.outbox.drain",
        "schedule": OUTBOX_DRAIN_SECONDS,
        "options": {"expires": TICK_KEPT_SECONDS},
    },
}
EMAIL_TIMEOUT = 10
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR / "queue"),
        "data_folder_out": str(VAR / "queue"),
        "control_folder": str(VAR / "queue-control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
        "max_retries": 0,
    }
