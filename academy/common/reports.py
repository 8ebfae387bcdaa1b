"""What a report of a fault may hold: where it happened. Not what was sent, and not what the program had in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.debug import SafeExceptionReporterFilter

if TYPE_CHECKING:
    from collections.abc import ItemsView

    from django.http import HttpRequest


class WithoutValues(SafeExceptionReporterFilter):
    """Hides every field of a form and every variable, always: anybody may type a name or a case anywhere."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, _request: HttpRequest | None, _tb_frame: Any) -> ItemsView[str, Any]:
        return {}.items()
