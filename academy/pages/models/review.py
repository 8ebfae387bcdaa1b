"""Reviewing by somebody other than the author; nothing is published in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PagePermissionTester, Task, TaskState
from wagtail.permissions import page_permission_policy

from academy.pages.publishing import reasons_against

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from academy.people.models import User

NOT_YOUR_OWN = _("Je schreef deze versie zelf of bood haar zelf aan. Een collega kijkt haar na en publiceert haar.")


class ReviewedPermissionTester(PagePermissionTester):
    """Wagtail's rights on a page, without the short cut past the reviewer.

    ``publish`` in the table of rights means: may approve the work of somebody else, take a page offline, restrict it.
    """

    @property
    def can_review(self) -> bool:
        return not self.page_is_root and "publish" in getattr(self, "permissions", ())

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return self.can_review

    def can_unschedule(self) -> bool:
        return self.can_review


def is_own_work(user: User, page: Any) -> bool:
    """Whether ``user`` wrote the newest version of a page or a reviewed snippet, or handed it in for review."""
    revision = page.get_latest_revision()
    if revision is not None and revision.user_id == user.pk:
        return True
    state = page.current_workflow_state
    return state is not None and state.requested_by_id == user.pk


def newest(page: Any) -> Any:
    """The version that a reviewer has in front of her, published or not."""
    return page.get_latest_revision_as_object()


def can_review(user: User, thing: Any) -> bool:
    """Whether ``user`` looks after publishing where a page lies; of a snippet, whether she may change it."""
    if isinstance(thing, Page):
        return bool(ReviewedPermissionTester(user, thing).can_review)
    right = get_permission_codename("change", thing._meta)
    return not user.is_superuser and bool(user.has_perm(f"{thing._meta.app_label}.{right}"))


def _kept_by(user: User) -> list[ContentType]:
    """The kinds of snippets in review that ``user`` keeps."""
    kinds = ContentType.objects.filter(wagtail_workflow_content_type__isnull=False)
    models = [(kind, kind.model_class()) for kind in kinds]
    return [kind for kind, model in models if model is not None and can_review(user, model())]


class ReviewTask(Task):
    """A step in which somebody with the right to publish here approves, unless it is her own work."""

    def user_can_access_editor(self, obj: Any, user: User) -> bool:
        return can_review(user, obj)

    def locked_for_user(self, obj: Any, user: User) -> bool:
        """While it waits only a reviewer changes it; her change makes it her own work."""
        return not can_review(user, obj)

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, Any, bool]]:
        if not can_review(user, obj):
            return []
        actions: list[tuple[str, Any, bool]] = [("reject", _("Vraag om aanpassing"), True)]
        if not is_own_work(user, obj) and not reasons_against(newest(obj)):
            actions += [
                ("approve", _("Keur goed en publiceer"), False),
                ("approve", _("Keur goed met opmerking"), True),
            ]
        return actions

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """The last word, whatever button or address was used: who wrote it does not approve it."""
        page = task_state.workflow_state.content_object
        if action_name == "approve" and (is_own_work(user, page) or not can_review(user, page)):
            raise PermissionDenied(NOT_YOUR_OWN)
        if action_name == "approve" and (against := reasons_against(task_state.revision.as_object())):
            raise PermissionDenied(against[0].message)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: User, **_kwargs: Any) -> QuerySet[TaskState]:
        """What waits for ``user`` on the dashboard."""
        pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).exclude(
            workflow_state__requested_by_id=user.pk
        )
        keys = [str(pk) for pk in pages.values_list("pk", flat=True)]
        page = ContentType.objects.get_for_model(Page)
        of_pages = Q(workflow_state__base_content_type=page, workflow_state__object_id__in=keys)
        return waiting.filter(of_pages | Q(workflow_state__base_content_type__in=_kept_by(user)))

    @classmethod
    def get_description(cls) -> Any:
        return _("Iemand anders dan de schrijver kijkt de pagina na en publiceert haar.")

    class Meta:
        verbose_name = _("nakijken door een collega")
        verbose_name_plural = _("nakijken door een collega")
