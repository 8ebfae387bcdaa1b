"""The Celery application: a wake-up call for jobs that are already rows in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "academy.settings")
# Celery would run Django's checks here and read none of their answers, for the price of loading every view. They are
# read by `manage.py check`, `migrate` and `serve`.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("academy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
