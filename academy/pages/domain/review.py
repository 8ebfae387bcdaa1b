"""What happens when a review ends well."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from academy.people.models import User


def publish_reviewed(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publish the version that was approved, now or on its own date (``WAGTAIL_FINISH_WORKFLOW_ACTION``)."""
    revision = workflow_state.current_task_state.revision
    revision.publish(user=user, skip_permission_checks=True)
