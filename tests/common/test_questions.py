"""A question that is written once answers as the queryset it was made of, whatever it is asked with."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError

from academy.common import clock
from academy.common.questions import FIELDS, written_once
from academy.people.models import Membership, Organisation, User
from tests.factories import make_membership, make_organisation, make_person

pytestmark = pytest.mark.django_db


@written_once
def people_called(*, name):
    return User.objects.filter(full_name=name).order_by("pk")


@written_once
def places_of(*, person, on):
    held = Membership.objects.current(on).filter(person=person)
    return held.select_related("organisation").order_by("pk")


def test_each_asking_answers_with_its_own_values():
    first, second = make_person(full_name="Ada Vos"), make_person(full_name="Bo '; DROP")
    assert people_called(name="Ada Vos") == [first]
    assert people_called(name="Bo '; DROP") == [second]
    assert people_called(name="niemand") == []


def test_sql_is_written_at_the_first_asking_only(django_assert_num_queries):
    built = []

    @written_once
    def counted(*, pk):
        built.append(pk)
        return User.objects.filter(pk=pk)

    people = [make_person(), make_person()]
    with django_assert_num_queries(3):
        answers = [counted(pk=person.pk) for person in (*people, people[0])]
    assert answers == [[people[0]], [people[1]], [people[0]]]
    assert len(built) == 1


def test_what_goes_along_is_read_in_the_same_question(django_assert_num_queries):
    person, organisation = make_person(), make_organisation()
    membership = make_membership(person=person, organisation=organisation)
    places_of(person=person.pk, on=clock.today())
    with django_assert_num_queries(1):
        (found,) = places_of(person=person.pk, on=clock.today())
        assert (found, found.organisation) == (membership, organisation)
    assert places_of(person=person.pk, on=membership.starts_on - timedelta(days=1)) == []
    assert places_of(person=make_person().pk, on=clock.today()) == []


def test_it_sees_what_was_written_since():
    make_organisation(name="Noord")

    @written_once
    def named(*, name):
        return Organisation.objects.filter(name=name).values_list("name", "is_own")

    assert named(name="Noord") == [("Noord", False)]
    Organisation.objects.filter(name="Noord").update(is_own=True)
    assert named(name="Noord") == [("Noord", True)]


def test_a_value_may_stand_in_it_more_than_once_and_on_both_sides_of_a_union():
    people = [make_person(full_name=name) for name in ("Ada", "Bo", "Cas")]

    @written_once
    def around(*, pk, name):
        below = User.objects.filter(pk__lt=pk).exclude(full_name=name).order_by().values_list("pk", "full_name")
        return below.union(User.objects.filter(pk__gt=pk, full_name=name).order_by().values_list("pk", F("full_name")))

    ada, bo, cas = people
    rows = {(person.pk, person.full_name) for person in people}
    assert rows & set(around(pk=cas.pk, name="Bo")) == {(ada.pk, "Ada")}
    assert rows & set(around(pk=bo.pk, name="Cas")) == {(ada.pk, "Ada"), (cas.pk, "Cas")}


def test_moments_are_asked_as_moments():
    seen = make_person(last_login=clock.now() - timedelta(hours=1))

    @written_once
    def since(*, at):
        return User.objects.filter(last_login__gte=at)

    assert seen in since(at=clock.now() - timedelta(hours=2))
    assert seen not in since(at=clock.now() - timedelta(minutes=59))


def test_a_tuple_is_asked_with_whatever_its_length_and_a_dozen_lengths_share_one_text():
    people, built = [make_person(full_name=f"Persoon {number}") for number in range(14)], []

    @written_once
    def among(*, names, keys):
        built.append(len(names))
        return User.objects.filter(full_name__in=names, pk__in=keys).order_by("pk")

    keys = tuple(person.pk for person in people)
    for number in (1, 2, 12, 13, 14, 3):
        names = tuple(person.full_name for person in people[:number])
        assert among(names=names, keys=keys) == people[:number]
        assert among(names=names, keys=keys[:1]) == people[:1]
        assert among(keys=keys[-1:], names=names) == people[13:number]
    assert sorted(built) == [12, 12, 12, 24, 24, 24]


def test_a_tuple_without_values_is_refused():
    @written_once
    def among(*, keys):
        return User.objects.filter(pk__in=keys)

    with pytest.raises(IndexError):
        among(keys=())


@pytest.mark.parametrize("value", [None, 1.5, ["Ada"]])
def test_what_it_does_not_know_how_to_ask_is_refused(value):
    assert type(value) not in FIELDS

    @written_once
    def called(*, name):
        return User.objects.filter(full_name=name)

    with pytest.raises(KeyError):
        called(name=value)


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_inside_a_transaction_only():
    @written_once
    def locked(*, pk):
        return User.objects.select_for_update().filter(pk=pk)

    person = make_person()
    with transaction.atomic():
        assert locked(pk=person.pk) == [person]
    if connection.features.has_select_for_update:
        with pytest.raises(TransactionManagementError):
            locked(pk=person.pk)
    else:
        assert locked(pk=person.pk) == [person]
