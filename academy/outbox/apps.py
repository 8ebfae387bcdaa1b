"""Registers the package with Django, and with its own registry the work it brings along."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "academy.outbox"
    label = "outbox"
    verbose_name = _("Taken en berichten")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.common import limits  # noqa: PLC0415 -- models exist only now
        from academy.outbox import delivery  # noqa: PLC0415 -- models exist only now
        from academy.outbox.domain import (  # noqa: PLC0415 -- idem
            confirming,
            door_mails,
            messages,
            publishing,
            upkeep,
            welcoming,
        )
        from academy.outbox.registry import (  # noqa: PLC0415 -- idem
            JobKind,
            MailKind,
            Sweep,
            register_job,
            register_mail,
            register_sweep,
        )
        from academy.people.domain import arriving, telling  # noqa: PLC0415 -- idem

        register_job(
            JobKind(
                messages.SEND_MAIL,
                delivery.book,
                _("bericht verzenden"),
                lease_seconds=45,
                prepare=delivery.deliver,
                backoff=delivery.BACKOFF,
            )
        )
        register_mail(
            MailKind(welcoming.WELCOME, _("Je hebt een account bij de Blijf Groeien Academie"), "people/welcome")
        )
        for kind in door_mails.kinds():
            register_mail(kind)
        arriving.register_step(welcoming.WELCOME, welcoming.welcome)
        register_mail(MailKind(confirming.WAITING, _("Wil je iemand bevestigen?"), "people/waiting"))
        register_mail(MailKind(confirming.RENEW, _("Werken deze mensen nog bij jullie?"), "people/renew"))
        register_mail(MailKind(confirming.CONFIRMED, _("Je werkplek is bevestigd"), "people/confirmed"))
        register_mail(MailKind(confirming.DECLINED, _("Je werkplek is niet bevestigd"), "people/declined"))
        register_mail(MailKind(confirming.INVITED, _("Doe mee met de Blijf Groeien Academie"), "people/invited"))
        telling.register_teller("outbox", confirming.Mails())
        register_sweep(Sweep("outbox.renewals", _("keer gevraagd of mensen er nog werken"), confirming.ask_again))
        register_sweep(Sweep("outbox.messages", _("berichten zonder taak"), messages.post_waiting))
        register_sweep(Sweep("outbox.publish", _("pagina's gepubliceerd of offline gehaald"), publishing.publish_due))
        register_sweep(Sweep("outbox.roles", _("mensen van wie een rol inging of afliep"), upkeep.follow_roles))
        register_sweep(Sweep("outbox.bodies", _("oude berichten gewist"), upkeep.purge_bodies))
        register_sweep(
            Sweep("outbox.strangers", _("berichten aan adressen zonder account gewist"), door_mails.forget_strangers)
        )
        register_sweep(Sweep("outbox.jobs", _("oude taken opgeruimd"), upkeep.forget_done_jobs))
        register_sweep(Sweep("outbox.limits", _("tellers van pogingen opgeruimd"), limits.forget_old))
        register_sweep(Sweep("outbox.sessions", _("keer verlopen sessies opgeruimd"), upkeep.clear_sessions))
