"""Registers the package with Django, and what it does when meetings change and time passes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "leertafels.cases"
    label = "cases"
    verbose_name = _("Inbreng")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.gatherings import meetings  # noqa: PLC0415 -- models exist only now
        from academy.outbox.registry import Sweep, register_sweep  # noqa: PLC0415 -- idem
        from academy.people.domain import leaving  # noqa: PLC0415 -- idem
        from academy.people.domain.audit import register_actions  # noqa: PLC0415 -- idem
        from leertafels.cases.domain import destroying, following, telling  # noqa: PLC0415 -- idem

        meetings.register_step("cases", following.follow_meeting)
        leaving.register_step("cases", following.leave_cases)
        telling.register_mails()
        register_sweep(Sweep("cases.destroy", _("teksten van inbreng vernietigd"), destroying.destroy_due))
        register_actions(
            breach__close=_("melding van herleidbaarheid afgerond"),
            breach__note=_("bij een melding van herleidbaarheid opgeschreven wat er gedaan is"),
            case__bring_in=_("iets ingebracht aan een leertafel"),
            case__conflict=_("gemeld het gezin in je inbreng te kennen"),
            case__destroy=_("tekst van je inbreng vernietigd"),
            case__give_back=_("je inbreng aan je teruggegeven"),
            case__open=_("je inbreng geopend"),
            case__report=_("je inbreng gemeld als herleidbaar"),
        )
