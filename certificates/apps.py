"""Registers the package with Django, and its work with the outbox."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    label = "certificates"
    verbose_name = _("Certificaten")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.outbox.registry import JobKind, MailKind, register_job, register_mail  # noqa: PLC0415 -- apps are not loaded before this
        from academy.people.domain.audit import register_actions  # noqa: PLC0415 -- idem
        from academy.people.domain.erasing import register_step  # noqa: PLC0415 -- idem
        from certificates import tasks  # noqa: PLC0415 -- idem
        from certificates.domain import files, holders  # noqa: PLC0415 -- idem

        register_step("certificates", holders.forget_holder)
        # Printing takes ten seconds at most; after thirty somebody else may try.
        register_job(
            JobKind(
                "certificates.render",
                run=tasks.keep_certificate,
                prepare=tasks.draw_certificate,
                label=_("Certificaat maken"),
                lease_seconds=30,
                can_wait=True,
            )
        )
        register_mail(
            MailKind(files.READY, _("Je {kind} staat klaar"), "certificates/ready", still_wanted=files.is_valid_now)
        )
        register_mail(MailKind("certificates.withdrawn", _("Je {kind} is ingetrokken"), "certificates/withdrawn"))
        register_mail(MailKind("certificates.to_confirm", _("Wil je een vraag bevestigen?"), "certificates/to_confirm"))
        register_actions(
            certificate__open=_("certificaat bekeken"),
            certificate__withdraw=_("certificaat ingetrokken"),
            certificate__withdraw_ask=_("intrekking van een certificaat gevraagd"),
            credits__correct=_("punten gecorrigeerd"),
            credits__event=_("bericht van het register verwerkt"),
            registration__verify=_("registratie nagekeken"),
            rule_set__verify=_("regels van een register nagekeken"),
        )
