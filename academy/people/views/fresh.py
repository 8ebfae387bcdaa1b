"""A fresh log-in for what is too tender for a session that was left open.

``@fresh_login_required`` on a view function, ``FreshLoginMixin`` first among the bases of a view class.
"""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person of this session logged in, or did so again, within the last 15 minutes (of real time)."""
    moments = [step["at"] for step in get_authentication_records(request, request.user)]
    return bool(moments) and 0 <= time.time() - max(moments) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def fresh_login_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Ask for a log-in of at most 15 minutes ago, of anybody. What was posted is not kept: it may be a case text."""

    @wraps(view)
    def fresh(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if is_fresh(request):
            return view(request, *args, **kwargs)
        return _ask_again(request)

    return fresh


class FreshLoginMixin:
    """:func:`fresh_login_required` for a class-based view."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return fresh_login_required(super().dispatch)(request, *args, **kwargs)  # type: ignore[misc]


def _ask_again(request: HttpRequest) -> HttpResponseBase:
    methods = get_adapter().get_reauthentication_methods(request.user)
    back = request.get_full_path()
    if not methods:  # in through an identity provider, which is the only one who can ask again
        logout(request)
        return redirect_to_login(back)
    return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': back})}")
