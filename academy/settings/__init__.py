"""Chooses the settings by ``ACADEMY_ENV``: ``demo``, ``test`` or ``production``.

Nothing is assumed when it is not set: a demo that believes it is production leaks, and the other way
round it mails strangers.
"""

import os

from django.core.exceptions import ImproperlyConfigured

_env = os.environ.get("ACADEMY_ENV", "")
if _env == "demo":
    from academy.settings.demo import *  # noqa: F403 -- settings are a flat namespace
elif _env == "test":
    from academy.settings.test import *  # noqa: F403 -- settings are a flat namespace
elif _env == "production":
    from academy.settings.production import *  # noqa: F403 -- settings are a flat namespace
else:
    raise ImproperlyConfigured(
        f"ACADEMY_ENV is '{_env}'. Zet ACADEMY_ENV op demo, test of production; "
        "`make demo` en `make test` doen dat zelf."
    )
