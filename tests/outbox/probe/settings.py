"""The settings of the environment, and the probe beside them."""

from academy.settings import *  # noqa: F403 -- settings are a flat namespace
from academy.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.outbox.probe"]
