"""The demo: everything on this computer, reachable from this computer only, with accounts everybody may know."""

from django.core.management.utils import get_random_secret_key

from academy.settings.base import *  # noqa: F403 -- settings are a flat namespace
from academy.settings.base import CASE_KEY_FILE, CELERY_BROKER_URL, LEDGER_KEY_FILE, SIGNING_KEY_FILE, VAR, env
from academy.settings.keys import make_missing

DEBUG = False
VAR.mkdir(parents=True, exist_ok=True)


def _own_secret_key() -> str:
    """The demo's secret key, made once and kept beside its database so that log-ins survive a restart."""
    path = VAR / "secret_key"
    if not path.exists():
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


make_missing(SIGNING_KEY_FILE, LEDGER_KEY_FILE, CASE_KEY_FILE)
SECRET_KEY = env.str("SECRET_KEY", default="") or _own_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
ACADEMY_MFA_REQUIRED = env.bool("ACADEMY_MFA_REQUIRED", default=False)
# The demo's mails never leave the computer; /demo/mail/ shows them.
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="dummymail://")
vars().update(EMAIL_CONFIG)
OUTBOX_STORE_ONLY = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if CELERY_BROKER_URL.startswith("filesystem"):
    for name in ("queue", "queue-control"):
        (VAR / name).mkdir(mode=0o700, exist_ok=True)
