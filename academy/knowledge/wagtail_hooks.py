"""Themes and terms in the CMS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from academy.knowledge.models import Term, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from academy.people.models import User


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Thema's")
    menu_order = 300
    add_to_admin_menu = True
    list_display: ClassVar = ["name", "parent", "pillar"]
    list_filter: ClassVar = ["pillar"]


class ReviewedPolicy(ModelPermissionPolicy):
    """Nobody publishes a term by herself: a colleague approves it, as with a page."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action != "publish" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        return bool(super().user_has_any_permission(user, [action for action in actions if action != "publish"]))


class TermViewSet(SnippetViewSet):
    model = Term
    icon = "help"
    menu_label = _("Begrippen")
    menu_order = 310
    add_to_admin_menu = True
    list_display: ClassVar = ["name", "live", "review_on"]


@hooks.register("construct_snippet_action_menu")
def no_publish_button(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:  # noqa: ARG001 -- Wagtail decides what a hook is given
    if context["model"] is Term:
        items[:] = [item for item in items if item.name != "action-publish"]


register_permission_policy(Term, ReviewedPolicy(Term))
register_snippet(ThemeViewSet)
register_snippet(TermViewSet)
