"""An offering that people still count on cannot be deleted or unpublished in the CMS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from wagtail import hooks

from academy.common.errors import DomainError
from academy.gatherings.domain.offerings import check_removable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page

REMOVING = ("delete", "unpublish")


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_what_people_count_on(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refusal(request, [page])


@hooks.register("before_bulk_action")
def keep_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Page], _action: object
) -> HttpResponse | None:
    return _refusal(request, objects) if action_type in REMOVING else None


def _refusal(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    for page in pages:
        try:
            check_removable(page=page)
        except DomainError as refused:
            messages.error(request, refused.message)
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
