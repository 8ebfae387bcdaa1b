"""Inviting somebody who cannot ask for an account, because nobody is there yet to give it."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from academy.common.errors import DomainError
from academy.people.domain.roles import assign_role
from academy.people.domain.signing_in import ADDRESS_REFUSED, is_plain_address, token_generator
from academy.people.enums import Role
from academy.people.models import User

LONGEST_ADDRESS = 254


@transaction.atomic
def invite_admin(*, email: str) -> tuple[User, str]:
    """Make ``email`` an administrator and mail her a link that sets a password once; returns the person and the link.

    An account that is there keeps its password until the link is used, unless nobody confirmed its address. Raises
    DomainError for no address and for a closed account.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise DomainError("address", " ".join(problem.messages), field="email") from problem
    if not is_plain_address(address) or len(address) > LONGEST_ADDRESS:
        raise DomainError("address", str(ADDRESS_REFUSED), field="email")
    person = User.objects.filter(email=address).first() or User.objects.create_user(
        address, full_name=address.partition("@")[0]
    )
    if not person.is_active:
        raise DomainError("closed", "Dit account is gesloten. Open het eerst weer.", field="email")
    known, _created = EmailAddress.objects.get_or_create(
        user=person, email=address, defaults={"primary": True, "verified": True}
    )
    if not known.verified and person.has_usable_password():
        # Anybody may have signed up with this address; only the link, which reaches its owner, opens the account.
        person.set_unusable_password()
        person.save(update_fields=["password"])
    assign_role(person=person, role=Role.ADMIN, by=None)
    adapter = get_adapter()
    adapter.send_mail("account/email/invitation", address, {"user": person})
    key = f"{user_pk_to_url_str(person)}-{token_generator().make_token(person)}"
    return person, adapter.get_reset_password_from_key_url(key)
