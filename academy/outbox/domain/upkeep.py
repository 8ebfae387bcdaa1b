"""What becomes due for the outbox and the people below it by the passing of time."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction

from academy.common import clock
from academy.outbox.domain.heartbeat import beat, last_beat
from academy.outbox.enums import JobState, MessageState
from academy.outbox.models import Job, Message
from academy.people.domain.roles import CMS_GROUPS, keep_groups
from academy.people.enums import Role
from academy.people.models import RoleAssignment, User

BODY_DAYS = 30
DONE_DAYS = 90
SESSIONS = "sessions"


def purge_bodies() -> int:
    """Wipe text and facts of mails that left thirty days ago; that a mail was sent stays known."""
    moment = clock.now()
    old = Message.objects.filter(created_at__lte=moment - timedelta(days=BODY_DAYS), purged_at__isnull=True)
    return old.exclude(state=MessageState.WAITING).update(text="", html="", facts={}, purged_at=moment)


def forget_done_jobs() -> int:
    """Delete jobs that were done long ago, except those that may be asked for again by the same key."""
    old = clock.now() - timedelta(days=DONE_DAYS)
    return Job.objects.filter(state=JobState.DONE, done_at__lte=old, key__startswith="mail:").delete()[0]


@transaction.atomic
def follow_roles() -> int:
    """Let CMS groups follow from dated roles that began or ended; how many people that were."""
    held = RoleAssignment.objects.current().filter(role__in=CMS_GROUPS).values_list("person", "role")
    wanted = {(person, CMS_GROUPS[Role(role)]) for person, role in held}
    names = set(CMS_GROUPS.values())
    actual = set(User.objects.filter(groups__name__in=names).values_list("pk", "groups__name"))
    changed = User.objects.filter(pk__in={person for person, _name in wanted ^ actual})
    for person in changed:
        keep_groups(person=person)
    return len(changed)


def clear_sessions() -> int:
    """Once a day: remove sessions that ended."""
    last = last_beat(SESSIONS)
    if last is not None and last > clock.now() - timedelta(days=1):
        return 0
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    beat(SESSIONS)
    return 1
