"""The end of a text: the row, the key, and what a sweep finds that was cut off."""

import os
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from academy.common import clock
from academy.common.errors import NotAllowedError
from leertafels.cases import vault
from leertafels.cases.domain import destroying
from leertafels.cases.domain.destroying import destroy_due, destroy_now
from leertafels.cases.domain.opening import declare_conflict
from leertafels.cases.models import Case, Conflict
from tests.cases.factories import lead, make_case, seat
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def keys(folder):
    return {path.name for path in folder.iterdir()}


def test_at_once_and_for_ever(django_capture_on_commit_callbacks, key_folder):
    case = make_case()
    declare_conflict(case=case, by=seat(case.session.gathering))
    assert keys(key_folder) == {case.public_id}
    with django_capture_on_commit_callbacks(execute=True):
        gone = destroy_now(case=case, by=case.presenter)
    assert (gone.is_destroyed, bytes(gone.sealed), gone.destroyed_because) == (True, b"", "presenter")
    assert keys(key_folder) == set()
    assert not Conflict.objects.exists()
    with pytest.raises(vault.KeyGoneError):
        vault.unseal(case.public_id, bytes(case.sealed))  # a copy of the ciphertext, as in a backup
    assert destroy_now(case=gone, by=case.presenter).destroyed_at == gone.destroyed_at


def test_the_lead_may_and_others_may_not():
    case = make_case()
    for person in (seat(case.session.gathering), make_person(is_superuser=True)):
        with pytest.raises(NotAllowedError):
            destroy_now(case=case, by=person)
    assert destroy_now(case=case, by=lead(case.session.gathering)).destroyed_because == "lead"


def test_the_sweep_destroys_what_is_due_and_nothing_else(key_folder):
    due, later = make_case(), make_case()
    Case.objects.filter(pk=later.pk).update(destroy_at=due.destroy_at + timedelta(days=1))
    assert destroy_due() == 0
    with clock.frozen(due.destroy_at):
        assert destroy_due() == 2  # the row, and its key because nothing is committed here
    assert keys(key_folder) == {later.public_id}
    due.refresh_from_db()
    assert due.destroyed_because == "deadline"
    with clock.frozen(due.destroy_at):
        assert destroy_due() == 0


def test_the_sweep_finishes_a_meeting_that_was_closed():
    case = make_case()
    case.session.closed_at = clock.now()
    case.session.save()
    assert destroy_due() == 2
    case.refresh_from_db()
    assert case.destroyed_because == "closed"


def test_what_is_no_longer_due_when_its_turn_comes_is_left():
    case = make_case()
    assert destroying._destroy_if_due(case) is False


def test_one_that_fails_holds_up_no_other(monkeypatch):
    first, second = make_case(), make_case()
    real = destroying._destroy_if_due

    def failing(case):
        if case.pk == first.pk:
            raise OSError("disk")
        return real(case)

    monkeypatch.setattr(destroying, "_destroy_if_due", failing)
    with clock.frozen(second.destroy_at + timedelta(days=1)), pytest.raises(RuntimeError, match="1 cases"):
        destroy_due()
    second.refresh_from_db()
    assert second.is_destroyed


def test_keys_that_no_text_belongs_to_are_swept(key_folder):
    case, gone = make_case(), make_case()
    Case.objects.filter(pk=gone.pk).delete()
    vault.make("halfway")
    (key_folder / ".half.123").write_bytes(b"x")
    old = time.time() - 2 * destroying.STRAY_SECONDS
    for name in (gone.public_id, ".half.123", case.public_id):
        os.utime(key_folder / name, (old, old))
    assert destroy_due() == 2
    assert keys(key_folder) == {case.public_id, "halfway"}


def test_a_key_of_a_destroyed_case_goes_at_once(key_folder):
    case = make_case()
    destroy_now(case=case, by=case.presenter)  # its key would go after the commit that a test never makes
    assert keys(key_folder) == {case.public_id}
    assert destroy_due() == 1
    assert keys(key_folder) == set()


def test_the_database_keeps_no_ciphertext_of_what_is_destroyed():
    case = make_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="destroyed", destroyed_at=clock.now(), destroyed_because="lead")
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(sealed=b"")


def test_a_key_is_for_one_case_and_its_own_owner(key_folder):
    one, other = make_case(), make_case()
    assert (key_folder / one.public_id).stat().st_mode & 0o777 == 0o600
    assert key_folder.stat().st_mode & 0o777 == 0o700
    with pytest.raises(vault.KeyGoneError):
        vault.unseal(other.public_id, bytes(one.sealed))
    with pytest.raises(vault.KeyGoneError):
        vault.unseal(one.public_id, b"\x02" + bytes(one.sealed)[1:])
    (key_folder / one.public_id).write_bytes(b"")
    with pytest.raises(vault.KeyGoneError):
        vault.unseal(one.public_id, bytes(one.sealed))
    assert vault.destroy("nooitgemaakt") is False
    with pytest.raises(ValueError, match="naam"):
        vault.destroy("../case.key")


def test_the_same_text_twice_gives_different_ciphertext():
    assert bytes(make_case().sealed) != bytes(make_case().sealed)


def test_a_master_key_must_be_one(settings, tmp_path):
    short = tmp_path / "short.key"
    short.write_text("abcd")
    settings.CASE_KEY_FILE = str(short)
    with pytest.raises(ValueError, match="32 bytes"):
        vault.make("abc")


def test_another_master_key_opens_nothing(settings, tmp_path):
    case = make_case()
    other = tmp_path / "other.key"
    other.write_text("ab" * 32)
    settings.CASE_KEY_FILE = str(other)
    with pytest.raises(vault.KeyGoneError):
        vault.unseal(case.public_id, bytes(case.sealed))
