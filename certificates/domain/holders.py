"""What holders decide about their names, and forgetting them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction

from academy.common.errors import NotAllowedError
from certificates.credits.models import Registration, Subject
from certificates.models import CertificateFile, CertificateHolder

if TYPE_CHECKING:
    from academy.people.models import User
    from certificates.models import Certificate


@transaction.atomic
def show_full_name(*, certificate: Certificate, shown: bool, by: User) -> CertificateHolder:
    """Let the public page show the full name, or initials and surname again; only the holder decides."""
    if certificate.person != by:
        raise NotAllowedError("not_holder", "Alleen de houder kiest welke naam zichtbaar is.")
    holder: CertificateHolder = CertificateHolder.objects.select_for_update().get(certificate=certificate)
    holder.shows_full_name = shown
    holder.save(update_fields=["shows_full_name"])
    return holder


@transaction.atomic
def forget_holder(*, person: User) -> int:
    """Erase whatever ties rows to ``person``; the chain stays whole and says of nobody who it was.

    The files go too, for the name is printed on them; whoever holds a certificate can still have its code checked.
    Answers how many certificates lost their name. A second call finds nothing.
    """
    subject = Subject.objects.select_for_update().filter(person=person).first()
    Registration.objects.filter(person=person).delete()
    if subject is None:
        return 0
    names = CertificateFile.objects.filter(certificate__subject=subject).values_list("storage_name", flat=True)
    transaction.on_commit(partial(_delete_files, list(names)))
    erased: int = CertificateHolder.objects.filter(certificate__subject=subject).update(
        name="", numbers_json="{}", salt="", shows_full_name=False
    )
    Subject.objects.filter(pk=subject.pk).update(person=None, salt="")
    return erased


def _delete_files(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
