"""Who is asking: read as Django reads it, at each page of who is logged in, by questions that are written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.utils import timezone

from academy.common.questions import written_once

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.sessions.models import Session
    from django.db.models import QuerySet

    from academy.people.models import User


class SessionStore(db.SessionStore):
    """``SESSION_ENGINE``: sessions in the database, so that what is ended is over everywhere at once."""

    def _get_session_from_db(self) -> Session | None:
        # Django's own clock: it is the one that sessions are written by.
        found = _session(key=self.session_key, at=timezone.now())
        if found:
            return found[0]  # type: ignore[no-any-return]
        self._session_key = None
        return None


class Backend(AuthenticationBackend):
    """``AUTHENTICATION_BACKENDS``: that of allauth."""

    def get_user(self, user_id: int) -> User | None:
        user = next(iter(_person(pk=user_id)), None)
        return user if user is not None and self.user_can_authenticate(user) else None


@written_once
def _session(*, key: str, at: datetime) -> QuerySet[Any]:
    return SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=at)


@written_once
def _person(*, pk: int) -> QuerySet[Any]:
    from academy.people.models import User  # noqa: PLC0415 -- Django reads the backends before its models

    return User.objects.filter(pk=pk)
