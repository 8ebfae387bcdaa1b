from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError, Sum
from hypothesis import HealthCheck, given, settings, strategies as st

from academy.common.errors import DomainError, NotAllowedError
from academy.people.enums import Role
from certificates.credits.domain.chain import START, chained_models, check_chain, digest_of, open_ledger, sign
from certificates.credits.domain.events import grant, reject, submit
from certificates.credits.domain.registrations import decide_period, submit_period, verify_registration
from certificates.credits.domain.rule_sets import load_register_data, verify_rule_set
from certificates.credits.domain.standing import standing
from certificates.credits.engine.eligibility import points_of
from certificates.credits.models import AchievementRecord, CreditEntry, CreditEvent, LedgerHead, Registration, RuleSet
from certificates.domain.files import store_rendered_file
from certificates.domain.recognition import correct, recognise, recognise_earlier
from certificates.models import Certificate
from tests.credits.factories import DAY, accredited, registered, sat, trained
from tests.factories import make_membership, make_organisation, make_person, make_with_role

pytestmark = pytest.mark.django_db


def line(person, key, on=date(2026, 6, 1)):
    (found,) = standing(person, on)
    return next(part for part in found.lines if part.key == key)


def test_each_register_gets_its_own_entry():
    person = make_person()
    registered(person)
    registered(person, "SKJ:PED")
    registered(person, "REGISTERPLEIN:MW")
    entries = recognise(achievement=trained(person), by=None).entries
    assert [(e.requirement, str(e.points_expected), e.reason, e.state) for e in entries] == [
        ("DB.FORM", "6.00", "", "earned"),
        ("", "0", "wrong_chamber", "not_eligible"),
        ("", "0", "not_accredited", "not_eligible"),
    ]
    assert entries[1].rule_trace["explanation"] == "Deze accreditatie is voor een andere kamer of een ander register."
    assert entries[0].person == person


def test_nobody_is_credited_in_a_register_she_is_not_in():
    assert recognise(achievement=trained(make_person()), by=None).entries == ()


def test_chamber_without_rules_at_that_time_books_nothing():
    person = make_person()
    registered(person, "SKJ:JZW")
    assert recognise(achievement=trained(person), by=None).entries == ()
    assert standing(person, DAY) == ()
    Registration.objects.get().periods.all().delete()
    assert standing(person, date(2020, 1, 1)) == ()


def test_best_accreditation_decides():
    person = make_person()
    registered(person)
    both = (accredited("3", chamber="PED"), accredited("6", accreditor="NVO", external_id="N1"))
    (entry,) = recognise(achievement=trained(person, accreditations=both), by=None).entries
    assert (entry.points_expected, entry.accreditation) == (Decimal(6), "N1")


def test_same_accreditation_on_the_same_day_is_a_duplicate():
    person = make_person()
    registered(person)
    recognise(achievement=trained(person), by=None)
    (second,) = recognise(achievement=trained(person, source_key="seat:2"), by=None).entries
    assert (second.points_expected, second.reason) == (0, "duplicate")
    (later,) = recognise(achievement=trained(person, source_key="seat:3", day=date(2026, 3, 3)), by=None).entries
    assert later.points_expected == 6


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"minutes": 359}, "attendance_short"),
        ({"planned_minutes": 1200, "minutes": 1200}, "test_missing"),
        ({"planned_minutes": 1200, "minutes": 1200, "test_passed_on": DAY}, ""),
        ({"day": date(2024, 12, 31)}, "outside_accreditation"),
        ({"first_day": date(2024, 12, 31)}, "outside_accreditation"),
    ],
)
def test_formal_points_have_conditions(change, reason):
    person = make_person()
    registered(person)
    (entry,) = recognise(achievement=trained(person, **change), by=None).entries
    assert entry.reason == reason


def test_series_grows_by_its_rounded_total():
    person = make_person()
    registered(person)
    booked = [recognise(achievement=sat(person, number), by=None).entries[0] for number in (1, 2, 3)]
    assert [str(entry.points_expected) for entry in booked] == ["1.66", "1.67", "1.67"]
    correct(achievement=sat(person, 1, intervision=30), reason="Eerder weg", by=None)
    assert CreditEntry.objects.of(person).totals()["expected"] == Decimal("3.33")


def test_correction_books_back_and_again():
    person = make_person()
    registered(person)
    first = recognise(achievement=trained(person), by=None)
    again = correct(achievement=trained(person, minutes=100), reason="Te laat gekomen", by=None)
    assert again.record.version == 2
    assert [e.reason for e in CreditEntry.objects.in_force()] == ["attendance_short"]
    assert CreditEntry.objects.get(reverses__isnull=False).reverses == first.entries[0]
    assert first.entries[0].state == "reversed"
    assert correct(achievement=trained(person, minutes=100), reason="Nog eens", by=None).is_new is False
    assert correct(achievement=sat(person), reason="Vergeten", by=None).record.version == 1
    assert check_chain().bad is None
    for reason in ("", "x" * 201):
        with pytest.raises(DomainError):
            correct(achievement=trained(person), reason=reason, by=None)


def test_expected_and_granted_stay_apart():
    person, clerk = make_person(), make_with_role(Role.HR)
    registered(person)
    (entry,) = recognise(achievement=trained(person), by=None).entries
    assert (line(person, "DB").expected, line(person, "DB").granted, line(person, "DB").booked) == (6, 0, 6)
    submit(entry=entry, on=DAY, by=clerk)
    assert entry.state == "submitted"
    first = grant(entry=entry, points=Decimal(5), on=DAY, by=clerk)
    assert grant(entry=entry, points=Decimal(5), on=DAY, by=clerk) == first
    assert (line(person, "DB").expected, line(person, "DB").granted, line(person, "DB").booked) == (6, 5, 5)
    assert CreditEntry.objects.of(person).totals() == {"expected": 6, "granted": 5}
    reject(entry=entry, on=DAY, by=clerk, note="Niet relevant")
    assert (line(person, "DB").granted, line(person, "DB").booked) == (0, 0)
    assert CreditEntry.objects.with_state().get(pk=entry.pk).state == "rejected"
    correct(achievement=trained(person, minutes=0), reason="Niet geweest", by=clerk)
    with pytest.raises(DomainError, match="tellen niet meer mee"):
        submit(entry=entry, on=DAY, by=clerk)
    with pytest.raises(DomainError, match="vanaf 0"):
        grant(entry=entry, points=Decimal(-1), on=DAY, by=clerk)


def test_handing_in_moves_what_follows_to_the_next_period():
    person = make_person()
    registration = registered(person, starts_on=date(2021, 3, 1))
    old = registration.periods.get()
    with pytest.raises(DomainError, match="28-02-2026"):
        submit_period(period=old, on=date(2026, 3, 1))
    with pytest.raises(DomainError, match="na het indienen"):
        decide_period(period=old, outcome="renewed", on=DAY)
    new = submit_period(period=old, on=date(2025, 11, 10))
    assert submit_period(period=old, on=date(2026, 1, 1)) == new
    assert (new.starts_on, new.due_on, new.ends_on) == (date(2025, 11, 10), date(2030, 11, 10), date(2030, 11, 10))
    assert decide_period(period=old, outcome="renewed", on=DAY).outcome == "renewed"
    recognise(achievement=trained(person, day=date(2025, 12, 5)), by=None)
    ethics = trained(person, source_key="seat:9", form="ethics_training", day=date(2025, 11, 10))
    recognise(achievement=replace(ethics, accreditations=(accredited(external_id="9"),)), by=None)
    assert line(person, "DB", date(2026, 2, 1)).booked == 12
    (before,) = standing(person, date(2025, 11, 1))
    assert [part.booked for part in before.lines if part.key == "DB"] == [0]
    assert [entry.form for entry in before.to_review] == ["ethics_training"]


def test_what_was_done_after_a_period_does_not_count_in_it():
    person = make_person()
    registered(person, starts_on=date(2021, 3, 1))
    for number, day in enumerate((date(2026, 2, 27), date(2026, 3, 2))):
        recognise(achievement=trained(person, source_key=f"seat:{number}", day=day), by=None)
    assert CreditEntry.objects.of(person).totals()["expected"] == 12
    assert line(person, "DB", date(2026, 2, 28)).booked == 6


def test_registration_is_checked_by_somebody_else():
    person, clerk = make_person(), make_with_role(Role.HR)
    with pytest.raises(DomainError, match="registratienummer"):
        registered(person, number="abc")
    registration = registered(person, number="123 456 789")
    with pytest.raises(NotAllowedError):
        verify_registration(registration=registration, by=person, on=DAY)
    assert verify_registration(registration=registration, by=clerk, on=DAY).verified_by == clerk
    assert registered(person, number="123456780").verified_on is None


def test_earlier_achievements_are_booked_when_a_registration_is_entered():
    person = make_person()
    recognise(achievement=trained(person), by=None)
    recognise(achievement=sat(person), by=None)
    registration = registered(person)
    assert [str(e.points_expected) for e in recognise_earlier(registration=registration, by=None)] == ["6.00", "1.66"]
    assert recognise_earlier(registration=registration, by=None) == ()
    registration.periods.all().delete()
    assert recognise_earlier(registration=registration, by=None) == ()


def test_rules_are_loaded_once_and_never_changed():
    before = RuleSet.objects.count()
    load_register_data()
    assert RuleSet.objects.count() == before
    RuleSet.objects.filter(code="BIG").update(digest="anders")
    with pytest.raises(ValueError, match="nieuwe versie"):
        load_register_data()


def test_rules_that_are_missing_come_back_as_they_were():
    def parts(rules):
        rows = (rules.requirements.order_by("position"), rules.eligibility.order_by("position"))
        return [[{**row, "id": 0, "rule_set_id": 0} for row in part.values()] for part in rows]

    before = RuleSet.objects.get(code="SKJ-JGP-2018")
    chambers, digest, held = set(before.chambers.all()), before.digest, parts(before)
    assert all(held)
    before.delete()
    load_register_data()
    after = RuleSet.objects.get(code="SKJ-JGP-2018")
    assert (set(after.chambers.all()), after.digest, after.status) == (chambers, digest, "provisional")
    assert parts(after) == held


def test_rules_by_end_of_period():
    nurse = {"starts_on": date(2022, 6, 30), "due_on": date(2027, 6, 30)}
    chamber = RuleSet.objects.get(code="VVN-NURSE").chambers.get()
    assert RuleSet.objects.for_period(chamber.pk, **nurse).get().code == "VVN-NURSE-RELIEF"
    nurse["due_on"] = date(2027, 7, 1)
    assert RuleSet.objects.for_period(chamber.pk, **nurse).get().code == "VVN-NURSE"


def test_verifying_rules_lets_somebody_be_told_that_it_is_enough():
    admin = make_with_role(Role.ADMIN)
    rules = verify_rule_set(rule_set=RuleSet.objects.get(code="SKJ-JGP-2018"), by=admin, on=DAY)
    assert (rules.status, rules.verified_by) == ("verified", admin.full_name)
    with pytest.raises(DomainError, match="nog geen getallen"):
        verify_rule_set(rule_set=RuleSet.objects.get(code="REGISTERPLEIN-MW"), by=admin, on=DAY)


def test_entries_are_visible_to_oneself_the_manager_and_hr():
    organisation = make_organisation(is_own=True)
    manager, other, hr = make_with_role(Role.TEAM_MANAGER), make_person(), make_with_role(Role.HR)
    inside = make_membership(organisation=organisation, manager=manager).person
    outside = make_person()
    for person in (inside, outside):
        registered(person)
        recognise(achievement=trained(person, source_key=f"seat:{person.pk}"), by=None)
    seen = {
        user: {e.person for e in CreditEntry.objects.visible_to(user)} for user in (inside, outside, manager, hr, other)
    }
    assert seen == {inside: {inside}, outside: {outside}, manager: {inside}, hr: {inside}, other: set()}
    other.is_active = False
    assert not Registration.objects.visible_to(other).exists()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 200)), min_size=1, max_size=8))
def test_ledger_is_the_recomputed_balance(steps):
    with transaction.atomic():
        person = make_person()
        registered(person)
        held = {}
        for number, minutes in steps:
            done = sat(person, number, intervision=minutes, case=0)
            (correct if number in held else recognise)(
                achievement=done, by=None, **({"reason": "Nageteld"} if number in held else {})
            )
            held[number] = minutes
        counted = [(minutes, Decimal(1)) for minutes in held.values() if minutes >= 60]
        total = CreditEntry.objects.of(person).aggregate(sum=Sum("points_expected"))["sum"]
        assert total == points_of(counted)
        assert check_chain().bad is None
        transaction.set_rollback(True)


# --- The chain --------------------------------------------------------------------------------


def put(model, seq, **values):
    """Change a row behind the back of the triggers, as somebody with the database file could."""
    table, names = model._meta.db_table, list(values)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f'DROP TRIGGER "{table}_no_update"')
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        sets = ", ".join(f'"{name}" = %s' for name in names)
        cursor.execute(f'UPDATE "{table}" SET {sets} WHERE seq = %s', [*values.values(), seq])


def filled():
    person, clerk = make_person(), make_with_role(Role.HR)
    registered(person)
    recognition = recognise(achievement=trained(person), by=clerk)
    grant(entry=recognition.entries[0], points=Decimal(6), on=DAY, by=clerk)
    correct(achievement=trained(person, minutes=300), reason="Nageteld", by=clerk)


def test_every_chained_table_refuses_update_and_delete():
    filled()
    store_rendered_file(certificate=Certificate.objects.order_by("seq").last(), content=b"%PDF-1.4")
    for model in chained_models():
        rows = model._default_manager.all()
        before = list(rows.values_list())
        assert before, f"{model._meta.label} has no row to try it on"
        for change in (
            lambda rows=rows: rows.update(actor="x"),
            lambda rows=rows: rows.delete(),
            lambda rows=rows: rows._raw_delete("default"),
            lambda rows=rows: connection.cursor().execute(f'DELETE FROM "{rows.model._meta.db_table}"'),
        ):
            with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
                change()
        assert list(rows.values_list()) == before
    with pytest.raises(DatabaseError, match="groeit alleen aan"), transaction.atomic():
        connection.cursor().execute("UPDATE credits_creditentry SET actor = 'x'")
    with pytest.raises(DatabaseError, match="groeit alleen aan"), transaction.atomic():
        LedgerHead.objects.all()._raw_delete("default")


def other_value(value):
    if isinstance(value, str):
        return f"{value[:-1]}{chr(ord(value[-1]) ^ 1)}" if value else "x"
    if isinstance(value, date):
        return value.replace(year=value.year - 1)
    return 1 if value is None else value + 1


def test_a_change_in_any_column_of_any_row_is_found():
    filled()
    for model in chained_models():
        names = model.hashed_columns()
        row = model._default_manager.order_by("seq").first() or model(seq=1, previous=START)
        values = {name: getattr(row, name) for name in names}
        before = row.link(names, values.values())
        for name in names:
            assert row.link(names, {**values, name: other_value(values[name])}.values()) != before, name


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (CreditEntry, {"points_expected": Decimal("6.01")}),
        (CreditEntry, {"title": "Signaleren van gewelc"}),
        (CreditEntry, {"trace_json": "{}"}),
        (CreditEvent, {"points": Decimal(7)}),
        (CreditEntry, {"hash": "f" * 64}),
        (CreditEntry, {"previous": "f" * 64}),
        (CreditEntry, {"mac": "f" * 64}),
    ],
)
def test_the_first_bad_row_is_named(model, values):
    filled()
    seq = model.objects.order_by("seq").first().seq
    put(model, seq, **values)
    bad = check_chain().bad
    assert (bad.table, bad.seq) == (model._meta.db_table, seq)
    assert str(seq) in str(bad)


def test_a_row_that_was_rewritten_whole_is_found_at_the_next_one():
    """Who changes a row with its hash, and has the key to sign it, would have to write every row after it anew."""
    filled()
    row = AchievementRecord.objects.order_by("seq").first()
    row.minutes += 60
    names = row.hashed_columns()
    forged = digest_of(row.link(names, (getattr(row, name) for name in names)))
    put(AchievementRecord, row.seq, minutes=row.minutes, hash=forged, mac=sign(forged))
    bad = check_chain().bad
    assert (bad.seq, bad.problem) == (row.seq + 1, "sluit niet aan op de rij ervoor")


def test_missing_row_and_wrong_end_are_found():
    filled()
    LedgerHead.objects.update(seq=3)
    assert check_chain().bad.table == "credits_ledgerhead"
    LedgerHead.objects.update(seq=0, hash="", mac="")
    assert "eindigt" in check_chain().bad.problem


def test_gap_is_found():
    with open_ledger() as ledger:
        ledger.head.seq = 5
    person = make_person()
    recognise(achievement=trained(person), by=None)
    assert check_chain().bad.problem == "rij 1 ontbreekt"


def test_signature_is_demanded_once_there_is_a_key(tmp_path, settings):
    filled()
    key = tmp_path / "key"
    key.write_bytes(b"k" * 32)
    settings.LEDGER_KEY_FILE = str(key)
    assert check_chain().bad.problem == "de handtekening klopt niet"
    short = tmp_path / "short"
    short.write_bytes(b"k")
    settings.LEDGER_KEY_FILE = str(short)
    with pytest.raises(ValueError, match="korter dan 32"):
        sign("x")


def test_signed_ledger_verifies_until_its_end_is_forged(tmp_path, settings):
    key = tmp_path / "key"
    key.write_bytes(b"s" * 40)
    settings.LEDGER_KEY_FILE = str(key)
    filled()
    assert check_chain().bad is None
    LedgerHead.objects.update(mac="0" * 64)
    assert "einde" in check_chain().bad.problem
