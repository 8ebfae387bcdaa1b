"""What the pages of persons, roles and organisations share: who may in, and a form that asks the domain."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from academy.common.errors import DomainError, NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 50
member_only = login_required(login_url="account_login")


def allowed(rule: Callable[[Any], bool]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Only for whom ``rule`` says yes; others get a 403, and who is not logged in the log-in page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @member_only
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return inner

    return decorate


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: everything that was sent, also when that is nothing."""
    return request.POST if request.method == "POST" else None


def page_of(request: HttpRequest, rows: QuerySet, size: int = PAGE_SIZE) -> Page:
    """The page that ``?page=`` asks for; nonsense gives the first or the last."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[forms.Form], str],
    *,
    title: str,
    back: str,
    button: str,
    template: str = "portal_admin/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form; when it is sent and ``act`` agrees, say what happened and go ``back``.

    ``act`` calls the domain and returns the sentence for the user; its refusal stands at the field it is about.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                done = act(form)
        except NotAllowedError as refused:
            raise PermissionDenied(refused.message) from refused
        except DomainError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        except IntegrityError:
            form.add_error(None, _("Iemand anders was je net voor. Bekijk hoe het er nu voor staat."))
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "title": title, "back": back, "button": button, **context}
    return render(request, template, context)
