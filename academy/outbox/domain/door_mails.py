"""The mails of the door (confirm, reset, changed): their words, and how one is asked for.

A link that opens an account is made when its mail leaves. It never stands in the database: not in the facts, and not in
the text that other mails keep for thirty days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from academy.common import clock
from academy.outbox.domain.messages import send_message
from academy.outbox.enums import MessageState
from academy.outbox.models import Message
from academy.outbox.registry import MailKind
from academy.people.domain.signing_in import token_generator

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from academy.people.models import User

TEMPLATE = "door/mail"
STRANGERS_KEPT = timedelta(days=30)
NOT_ASKED: StrOrPromise = gettext_lazy("Heb je dit niet gevraagd? Dan hoef je niets te doen.")


@dataclass(frozen=True, slots=True)
class DoorMail:
    """``said`` may use the facts in ``tells`` by name. ``opens``: the link lets somebody in, so it is kept nowhere."""

    subject: StrOrPromise
    said: tuple[StrOrPromise, ...]
    link: Callable[[Message], str]
    button: StrOrPromise
    opens: bool = False
    after: StrOrPromise = ""
    tells: tuple[str, ...] = ()
    is_notice: bool = False
    has_account: bool = True


def _reset(message: Message) -> str:
    person: Any = message.person
    key = f"{user_pk_to_url_str(person)}-{token_generator().make_token(person)}"
    return str(get_adapter().get_reset_password_from_key_url(key))


def _confirm(message: Message) -> str:
    address = EmailAddress.objects.get(user=message.person, email=message.address)
    return str(get_adapter().get_email_confirmation_url(None, EmailConfirmationHMAC.create(address)))


def _page(name: str) -> Callable[[Message], str]:
    return lambda _message: reverse(name)


def _notice(subject: StrOrPromise, said: StrOrPromise, *tells: str) -> DoorMail:
    """Something changed at the door; whoever did not do it herself must hear what to do."""
    return DoorMail(
        subject,
        (said,),
        _page("account_reset_password"),
        gettext_lazy("Kies een nieuw wachtwoord"),
        tells=tells,
        is_notice=True,
    )


_t = gettext_lazy
MAILS: dict[str, DoorMail] = {
    "email_confirmation": DoorMail(
        _t("Bevestig je e-mailadres"),
        (_t("Bevestig dat dit je e-mailadres is. De link werkt drie dagen."),),
        _confirm,
        _t("Bevestig mijn e-mailadres"),
        opens=True,
        after=NOT_ASKED,
    ),
    "email_confirmation_signup": DoorMail(
        _t("Bevestig je e-mailadres"),
        (_t("Fijn dat je er bent. Bevestig je e-mailadres; daarna kun je inloggen. De link werkt drie dagen."),),
        _confirm,
        _t("Bevestig mijn e-mailadres"),
        opens=True,
        after=_t("Heb je geen account gemaakt? Dan hoef je niets te doen."),
        has_account=False,
    ),
    "password_reset_key": DoorMail(
        _t("Kies een nieuw wachtwoord"),
        (_t("Kies met deze link een nieuw wachtwoord. De link werkt één keer, drie dagen lang."),),
        _reset,
        _t("Kies een nieuw wachtwoord"),
        opens=True,
        after=NOT_ASKED,
    ),
    "invitation": DoorMail(
        _t("Je bent beheerder van de academie"),
        (
            _t(
                "Je bent beheerder van de Blijf Groeien Academie. Kies met deze link je wachtwoord. De link werkt één "
                "keer, drie dagen lang."
            ),
        ),
        _reset,
        _t("Kies je wachtwoord"),
        opens=True,
        after=_t("Stel daarna een tweede stap in: een app op je telefoon of een passkey."),
    ),
    "unknown_account": DoorMail(
        _t("Je vroeg om een nieuw wachtwoord"),
        (
            _t("Iemand vroeg om een nieuw wachtwoord voor dit adres, maar er is geen account met dit adres."),
            _t("Misschien heb je een ander adres gebruikt. Of maak een account."),
        ),
        _page("account_signup"),
        _t("Maak een account"),
        has_account=False,
    ),
    "account_already_exists": DoorMail(
        _t("Je hebt al een account"),
        (
            _t(
                "Iemand wilde een account maken met dit adres, maar je hebt er al een. Wachtwoord vergeten? Kies een "
                "nieuw."
            ),
        ),
        _page("account_reset_password"),
        _t("Kies een nieuw wachtwoord"),
        has_account=False,
    ),
    "second_factor_reset": DoorMail(
        _t("Je tweede stap is weggehaald"),
        (
            _t(
                "Twee collega’s van de academie hebben de tweede stap van je account weggehaald, omdat je er niet meer "
                "bij kon. Je bent overal uitgelogd."
            ),
            _t("Log in met je wachtwoord en stel een nieuwe tweede stap in."),
        ),
        _page("account_login"),
        _t("Log in"),
        after=_t("Heb je hier niet om gevraagd? Mail of bel dan meteen het bureau van de academie."),
    ),
    "email_changed": _notice(
        _t("Je e-mailadres is gewijzigd"),
        _t("Je logt voortaan in met {to_email} in plaats van {from_email}."),
        "from_email",
        "to_email",
    ),
    "email_confirm": _notice(_t("Je e-mailadres is bevestigd"), _t("Je e-mailadres is bevestigd.")),
    "email_deleted": _notice(_t("Een e-mailadres is weggehaald"), _t("Een e-mailadres is van je account gehaald.")),
    "password_changed": _notice(_t("Je wachtwoord is gewijzigd"), _t("Je wachtwoord is gewijzigd.")),
    "password_reset": _notice(
        _t("Je wachtwoord is gewijzigd"), _t("Je hebt met een link een nieuw wachtwoord gekozen.")
    ),
    "password_set": _notice(_t("Je hebt nu een wachtwoord"), _t("Je hebt een wachtwoord ingesteld.")),
    "totp_activated": _notice(_t("Je tweede stap staat aan"), _t("De app voor codes is ingesteld voor je account.")),
    "totp_deactivated": _notice(_t("Je app is weggehaald"), _t("De app voor codes is van je account gehaald.")),
    "webauthn_added": _notice(_t("Je hebt een nieuwe passkey"), _t("Er is een passkey aan je account toegevoegd.")),
    "webauthn_removed": _notice(_t("Een passkey is weggehaald"), _t("Er is een passkey van je account gehaald.")),
    "recovery_codes_generated": _notice(
        _t("Je hebt nieuwe herstelcodes"), _t("Er zijn nieuwe herstelcodes gemaakt. De oude werken niet meer.")
    ),
    "account_connected": _notice(_t("Je account is gekoppeld"), _t("Je account is gekoppeld met je organisatie.")),
    "account_disconnected": _notice(
        _t("Je account is ontkoppeld"), _t("Je account is niet meer gekoppeld met je organisatie.")
    ),
}


def kinds() -> list[MailKind]:
    """What the registry is told about these mails."""
    return [
        MailKind(
            trigger(name),
            mail.subject,
            TEMPLATE,
            still_wanted=_is_unconfirmed if mail.link is _confirm else None,
            late_facts=_words,
            keeps_text=not mail.opens,
        )
        for name, mail in MAILS.items()
    ]


def trigger(name: str) -> str:
    return f"door.{name}"


def send_door_mail(*, name: str, address: str, person: User | None, facts: dict[str, Any]) -> Message:
    """Have a mail of :data:`MAILS` sent to ``address``. What somebody asks for goes out once a minute at most.

    The same work is done for an address with an account and one without, so that time tells nobody which it is.
    """
    mail = MAILS[name]
    moment = clock.now()
    told = {fact: str(facts[fact]) for fact in mail.tells}
    return send_message(
        trigger=trigger(name),
        subject_key="door",
        person=person,
        address=address,
        occurrence=moment.isoformat() if mail.is_notice else moment.isoformat(timespec="minutes"),
        facts={**told, "happened_at": moment.isoformat()},
    )


def forget_strangers() -> int:
    """Delete what the door sent a month ago to addresses without an account: nobody is there whose history it is."""
    old = Message.objects.filter(
        person__isnull=True, trigger__startswith="door.", created_at__lte=clock.now() - STRANGERS_KEPT
    )
    return old.exclude(state=MessageState.WAITING).delete()[0]


def _words(message: Message) -> dict[str, Any]:
    mail = MAILS[message.trigger.partition(".")[2]]
    said = [str(sentence).format_map(message.facts) for sentence in mail.said]
    return {
        "said": said,
        "after": str(mail.after),
        "link": (mail.link(message), str(mail.button)),
        "is_notice": mail.is_notice,
        "has_account": mail.has_account,
        "greeting": _("Hallo %(name)s,") % {"name": message.person.full_name} if message.person else _("Hallo,"),
    }


def _is_unconfirmed(message: Message) -> bool:
    return bool(EmailAddress.objects.filter(user=message.person, email=message.address, verified=False).exists())
