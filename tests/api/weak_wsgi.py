"""The web application without what holds the race for seats: for the negative control only."""

# ruff: noqa: E402 -- the safety is taken away before anything is imported

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "academy.settings")

from django.conf import settings

from tests.gatherings.racer import weaken

assert settings.DATABASES  # the settings must stand before the database layer is touched
weaken()

from academy.wsgi import application  # noqa: F401 -- gunicorn asks for it
