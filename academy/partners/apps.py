"""Registers the package with Django, and what it brings along: mails, sweeps and words for the log."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "academy.partners"
    label = "partners"
    verbose_name = _("Partners")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.outbox.registry import MailKind, Sweep, register_mail, register_sweep  # noqa: PLC0415 -- models exist only now
        from academy.partners.domain import outreach, requests  # noqa: PLC0415 -- idem
        from academy.people.domain.audit import register_actions  # noqa: PLC0415 -- idem

        register_mail(
            MailKind(
                outreach.OVERDUE,
                _("Over tijd: je volgende stap bij {partner}"),
                "partners/overdue",
                outreach.still_overdue,
            )
        )
        for what, subject in (
            ("received", _("We hebben je aanvraag ontvangen")),
            ("planned", _("Je voorlichting is ingepland")),
            ("declined", _("Over je aanvraag om voorlichting")),
            ("new", _("Nieuwe aanvraag om voorlichting")),
        ):
            register_mail(MailKind(f"partners.request_{what}", subject, f"partners/request_{what}"))
        register_sweep(Sweep("partners.overdue", _("mails over een stap die te laat is"), outreach.remind_overdue))
        register_sweep(Sweep("partners.askers", _("aanvragers van voorlichting gewist"), requests.forget_askers))
        register_actions(
            partners__contact=_("contactpersoon bijgewerkt"),
            partners__team_contact=_("vaste contactpersoon van een team bijgewerkt"),
            partners__agreement=_("afspraak met een partner bijgewerkt"),
            partners__outreach=_("contactmoment vastgelegd"),
            partners__step=_("volgende stap bijgewerkt"),
            partners__request=_("aanvraag om voorlichting bijgewerkt"),
            partners__count=_("gekozen wat meetelt voor het bereik"),
        )
