"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    name = "academy.evaluations"
    label = "evaluations"
    verbose_name = _("Evaluaties")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.evaluations.domain import asking  # noqa: PLC0415 -- models exist only now
        from academy.outbox.registry import Sweep, register_sweep  # noqa: PLC0415 -- idem

        asking.register_mails()
        register_sweep(Sweep("evaluations.ask", _("mensen om hun mening gevraagd"), asking.ask_opinions))
        register_sweep(Sweep("evaluations.forget", _("wie antwoordde gewist"), asking.forget_respondents))
