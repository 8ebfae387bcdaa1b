"""The CMS under the name and the look of the academy, with the rules of the academy."""

# ruff: noqa: ARG001 -- Wagtail decides what a hook is given

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from academy.pages.publishing import reasons_against

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.admin.menu import MenuItem

VIA_REVIEW = _(
    "Rechtstreeks publiceren kan niet. Je werk is bewaard als concept; kies “Aanbieden voor Nakijken”, "
    "dan kijkt een collega het na en publiceert het."
)
_HIDDEN = {"users", "groups", "workflows", "workflow-tasks", "sites", "help", "locales"}


@hooks.register("insert_global_admin_css")
def colours() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("pages/cms.css"))


@hooks.register("construct_settings_menu")
def only_our_settings(request: HttpRequest, items: list[MenuItem]) -> None:
    """People and rights follow from roles, the review from code: no menu for them."""
    items[:] = [item for item in items if item.name not in _HIDDEN]


@hooks.register("construct_main_menu")
def only_our_menus(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in _HIDDEN]


@hooks.register("construct_help_menu")
def no_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """The help menu advertises somebody else's product and calls its site."""
    items.clear()


@hooks.register("construct_page_action_menu")
def no_publish_button(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    items[:] = [item for item in items if item.name != "action-publish"]


@hooks.register("before_create_page")
def publish_through_review_when_created(request: HttpRequest, parent: Any, kind: Any) -> None:
    _explain(request)


@hooks.register("before_edit_page")
def publish_through_review(request: HttpRequest, page: Any) -> None:
    _explain(request)
    if request.method == "GET":
        for reason in reasons_against(page):
            messages.warning(request, _("Nog niet te publiceren: %(why)s") % {"why": reason.message})


def _explain(request: HttpRequest) -> None:
    if request.method == "POST" and request.POST.get("action-publish"):
        messages.error(request, VIA_REVIEW)
