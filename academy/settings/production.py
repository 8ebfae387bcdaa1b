"""Production: everything that matters must be said, and nothing starts when it is wrong."""

from academy.settings.checks import refuse

refuse()  # before anything is read, so that a person hears of every fault at once and not of the first

from academy.settings.base import *  # noqa: E402, F403 -- settings are a flat namespace, and the checks come first
from academy.settings.base import env  # noqa: E402 -- the checks come first

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
ACADEMY_MFA_REQUIRED = True
vars().update(env.email_url("EMAIL_URL"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- HTTPS only. The web server in front ends TLS and sets (never passes on) X-Forwarded-Proto ---------
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True

# `__Host-`: the browser keeps such a cookie only when it came over HTTPS, for this host and the whole of it.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
MESSAGES_COOKIE_NAME = "__Host-messages"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
