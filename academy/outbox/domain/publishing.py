"""Publishing and taking down what editors gave a date; Wagtail's own command asks the computer's clock, we ask ours."""

from __future__ import annotations

import logging
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from academy.common import clock

logger = logging.getLogger(__name__)


def publish_due() -> int:
    """Publish every approved revision whose moment came, and take down what expired; how many of both."""
    return sum(_publish(revision) for revision in _approved()) + sum(_expire(thing) for thing in _expired())


def _approved() -> list[Revision]:
    return list(Revision.objects.filter(approved_go_live_at__lte=clock.now()).order_by("approved_go_live_at"))


def _expired() -> list[Any]:
    models = [Page, *(model for model in apps.get_models() if _is_draftable(model))]
    return [
        thing
        for model in models
        for thing in model._default_manager.filter(live=True, expire_at__lte=clock.now()).order_by("expire_at")  # noqa: SLF001 -- Django's documented name
    ]


def _is_draftable(model: Any) -> bool:
    return issubclass(model, DraftStateMixin) and not issubclass(model, Page)


def _publish(revision: Revision) -> bool:
    # Wagtail compares with the computer's clock, which may be behind ours in a test.
    revision.content["go_live_at"] = min(revision.approved_go_live_at, timezone.now()).isoformat()
    return _try(revision, lambda: revision.publish(log_action="wagtail.publish.scheduled"))


def _expire(thing: Any) -> bool:
    whole = thing.specific if isinstance(thing, Page) else thing
    return _try(thing, lambda: whole.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled"))


def _try(thing: Any, act: Any) -> bool:
    """One page that refuses does not keep the others from being published."""
    try:
        with transaction.atomic():
            act()
    except Exception:
        logger.exception("Scheduled publishing of %s %s failed.", type(thing).__name__, thing.pk)
        return False
    return True
