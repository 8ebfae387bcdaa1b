"""What stands on the first page of the CMS besides Wagtail's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail import hooks
from wagtail.admin.ui.components import Component

from academy.people.enums import Role
from academy.people.rules import has_role
from academy.portal.freshness import freshness

if TYPE_CHECKING:
    from django.http import HttpRequest


class ReviewDuePanel(Component):
    """What is past its day of review, for who keeps the content."""

    order = 150
    template_name = "portal_editors/review_due.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "freshness": freshness()}


@hooks.register("construct_homepage_panels")
def review_due(request: HttpRequest, panels: list[Component]) -> None:
    if has_role(request.user, Role.EDITOR, Role.ADMIN):
        panels.append(ReviewDuePanel())
