from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from wagtail.models import PageViewRestriction

from academy.common import clock
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import Audience, LeadRole, OfferingKind
from academy.gatherings.models import Lead, Offering
from academy.knowledge.beside import Wanted, offers
from academy.knowledge.groups import GROUPS, choices, groups_of, read
from academy.knowledge.models import Theme
from academy.knowledge.welcoming import MOST, for_you
from academy.people.enums import OrganisationKind, Role, TeamKind
from academy.people.models import JobFunction, User
from tests.factories import make_membership, make_organisation, make_person, make_team, make_with_role
from tests.gatherings.factories import make_gathering, make_offering
from tests.knowledge.making import make_group
from tests.leertafels.factories import make_table
from tests.pages.making import client_of, make_article

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def names(person):
    return [group.name for group in groups_of(User.objects.get(pk=person.pk))]


def working(function="", **values):
    if function:
        values["job_function"] = JobFunction.objects.get(slug=function)
    return make_membership(**values).person


def themed(theme, **values):
    offering = make_offering(**values)
    offering.themes = [theme]
    offering.save()
    return offering


@pytest.fixture
def theme():
    return Theme.objects.get(slug="meldcode-en-afwegingskader")


@pytest.fixture
def colleague():
    """Of a local team."""
    return make_membership(team=make_team(kind=TeamKind.LOCAL)).person


@pytest.mark.parametrize(
    ("function", "kind", "expected"),
    [
        ("medewerker-lokaal-team", OrganisationKind.OTHER, ["lokale-teams"]),
        ("", OrganisationKind.LOCAL_TEAM_PROVIDER, ["lokale-teams"]),
        ("aandachtsfunctionaris", OrganisationKind.SCHOOL, ["aandachtsfunctionarissen"]),
        ("", OrganisationKind.INFORMAL, ["informele-organisaties"]),
        ("", OrganisationKind.MUNICIPALITY, ["beleidsmedewerkers"]),
        ("procesbegeleider", OrganisationKind.OTHER, ["procesbegeleiders-en-managers"]),
        ("gastvrouw", OrganisationKind.SHELTER, ["opvang-en-verblijf"]),
        ("", OrganisationKind.SCHOOL, []),
    ],
)
def test_who_belongs_to_which_group(function, kind, expected):
    assert names(working(function, organisation=make_organisation(kind=kind))) == expected


def test_own_staff_roles_and_teams_make_groups_too(colleague):
    assert names(working(organisation=make_organisation(is_own=True, kind=OrganisationKind.OTHER))) == ["collegas"]
    assert names(make_with_role(Role.TRAINER)) == ["trainers-en-gespreksleiders"]
    assert "procesbegeleiders-en-managers" in names(make_with_role(Role.TEAM_MANAGER))
    assert names(colleague) == ["lokale-teams"]
    assert names(make_person()) == []
    assert groups_of(VISITOR) == []


def test_the_list_is_read_from_one_file_and_unknown_codes_are_refused():
    assert {"lokale-teams", "informele-organisaties", "opvang-en-verblijf"} <= set(GROUPS)
    assert choices()[0] == ("lokale-teams", "lokale teams")
    functions = {slug for group in GROUPS.values() for slug in group.functions}
    assert functions <= set(JobFunction.objects.values_list("slug", flat=True))
    with pytest.raises(ImproperlyConfigured, match=r"x\.roles noemt zz"):
        read('[x]\nlabel = "x"\ntitle = "X"\nbecause = "y"\ndrawing = "visit"\nroles = ["zz"]')


def test_the_page_above_lists_the_groups_in_their_order(client):
    make_group("collegas")
    shown = make_group("lokale-teams")
    make_group("beleidsmedewerkers", live=False)
    assert [page.group for page in client.get("/voor/").context["groups"]] == ["lokale-teams", "collegas"]
    PageViewRestriction.objects.create(page=shown, restriction_type="login")
    assert [page.group for page in client.get("/voor/").context["groups"]] == ["collegas"]


def test_an_empty_page_above_says_what_will_stand_there(client):
    assert "Nog geen doelgroepen" in client.get("/voor/").content.decode()


def test_a_group_shows_chosen_articles_and_offers_on_its_themes(client, theme):
    first, second = make_article("Eerst"), make_article("Dan")
    hidden = make_article("Concept", live=False)
    make_gathering(offering=themed(theme, title="Straks"), starts_in=timedelta(days=9))
    make_gathering(offering=themed(theme, title="Eerder"), starts_in=timedelta(days=2))
    themed(theme, title="Alleen voor ons", audience=Audience.INTERNAL)
    make_offering(title="Ergens anders over")
    page = make_group(themes=[theme], articles=[second, hidden, first], shows_moments=True)
    answer = client.get(page.url)
    assert [offer.title for offer in answer.context["offers"]] == ["Eerder", "Straks"]
    assert [article.title for article in answer.context["articles"]] == ["Dan", "Eerst"]
    text = answer.content.decode()
    assert "Drie momenten" in text
    assert "Binnenkort" in text
    assert "omdat je" not in text


def test_a_table_that_runs_begins_at_its_next_meeting(client, theme, at):
    with at("2027-03-01 09:00"):
        table = make_table(sessions=2, starts_in=timedelta(days=10), weeks=6)
        table.gathering.offering.themes.add(theme)
        table.gathering.offering.save()
        page = make_group(themes=[theme])
    with at("2027-03-20 09:00"):
        (offer,) = client.get(page.url).context["offers"]
        assert offer.when.startswith("do 22 april 2027")
    cache.clear()  # what the public was shown is remembered for a while
    with at("2027-05-20 09:00"):
        (offer,) = client.get(page.url).context["offers"]
        assert offer.when == "nog geen datum"


def test_groups_inside_see_offers_for_staff_and_groups_outside_do_not(theme):
    colleague = working(organisation=make_organisation(is_own=True))
    themed(theme, title="Voor ons", audience=Audience.INTERNAL)
    themed(theme, title="Voor partners", audience=Audience.EXTERNAL)

    def on(group):
        page = make_group(group, themes=[theme])
        return [offer.title for offer in client_of(colleague).get(page.url).context["offers"]]

    assert on("collegas") == ["Voor ons"]
    assert on("lokale-teams") == ["Voor partners"]


def test_who_belongs_to_the_group_sees_why_and_not_what_she_follows_or_leads(colleague, theme):
    followed, led = themed(theme, title="Gevolgd"), themed(theme, title="Begeleid")
    take_seat(person=colleague, gathering=make_gathering(offering=followed), by=colleague)
    Lead.objects.create(
        gathering=make_gathering(offering=led), person=colleague, role=LeadRole.GIVES, starts_at=clock.now()
    )
    themed(theme, title="Nieuw")
    page = make_group(themes=[theme])
    answer = client_of(colleague).get(page.url)
    assert [offer.title for offer in answer.context["offers"]] == ["Nieuw"]
    assert "omdat je bij een lokaal team werkt" in answer.content.decode()
    other = client_of(make_person()).get(page.url)
    assert {offer.title for offer in other.context["offers"]} == {"Nieuw", "Gevolgd", "Begeleid"}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_group_asks_as_much_for_three_as_for_one(client, django_assert_num_queries, theme, rows):
    for _number in range(rows):
        make_gathering(offering=themed(theme))
    page = make_group(themes=[theme], articles=[make_article(f"Artikel {number}") for number in range(rows)])
    client.get(page.url)
    with django_assert_num_queries(13):
        client.get(page.url)


def test_when_says_what_there_is(theme):
    make_gathering(offering=themed(theme, title="Datum"))
    make_gathering(offering=themed(theme, title="Altijd"), sessions=0)
    themed(theme, title="Niets")
    elsewhere = themed(theme, title="Elders")
    Offering.objects.filter(pk=elsewhere.pk).update(kind=OfferingKind.EXTERNAL)
    found = {offer.title: offer.when for offer in offers(VISITOR, Wanted(themes=[theme.pk], most=9))}
    assert found.pop("Datum")
    assert found == {
        "Altijd": "wanneer het jou uitkomt",
        "Niets": "nog geen datum",
        "Elders": "bij een andere aanbieder",
    }
    assert offers(VISITOR, Wanted(themes=[])) == ()


def test_for_you_follows_her_groups_with_the_reason(colleague, theme):
    offering = themed(theme, title="Nieuw")
    make_offering(title="Ergens anders over")
    article = make_article("Lees dit", themes=[theme])
    make_article("Ergens anders over")
    make_group(themes=[theme])
    found = for_you(colleague).without([])
    assert [(pick.what.title, pick.because) for pick in (*found.offers, *found.articles)] == [
        ("Nieuw", "omdat je bij een lokaal team werkt"),
        ("Lees dit", "omdat je bij een lokaal team werkt"),
    ]
    assert found.articles[0].what.url == article.url
    assert for_you(colleague).without([offering.pk]).offers == ()


def test_of_two_groups_the_most_telling_gives_the_reason(theme):
    person = working("aandachtsfunctionaris", organisation=make_organisation(is_own=True))
    themed(theme)
    make_group("collegas", themes=[theme])
    make_group("aandachtsfunctionarissen", themes=[theme])
    assert [pick.because for pick in for_you(person).offers] == ["omdat je aandachtsfunctionaris bent"]


def test_for_you_is_bounded_and_asks_nothing_the_second_time(colleague, theme, django_assert_num_queries):
    for number in range(MOST + 5):
        themed(theme)
        make_article(f"Artikel {number}", themes=[theme])
    make_group(themes=[theme])
    with django_assert_num_queries(9):  # two of them for the person herself, one for the addresses of the site
        found = for_you(User.objects.get(pk=colleague.pk)).without([])
    assert (len(found.offers), len(found.articles)) == (MOST, MOST)
    with django_assert_num_queries(0):
        for_you(colleague)


def test_for_you_is_empty_without_a_group_or_a_page(theme):
    themed(theme)
    assert for_you(make_person()).offers == ()
    assert for_you(make_membership().person).articles == ()


def test_my_overview_shows_it(colleague, theme):
    themed(theme, title="Nieuw")
    make_article("Lees dit", themes=[theme])
    make_group(themes=[theme])
    answer = client_of(colleague).get("/mijn/").content.decode()
    assert "Voor jou" in answer
    assert "omdat je bij een lokaal team werkt" in answer
    assert "Voor jou" not in client_of(make_person()).get("/mijn/").content.decode()


def test_an_article_and_an_offering_lead_to_each_other(client, theme):
    offering, article = themed(theme, title="Oefenen"), make_article("Lezen", themes=[theme])
    assert [offer.title for offer in client.get(article.url).context["offers"]] == ["Oefenen"]
    assert client.get(f"/aanbod/{offering.slug}/").context["related"] == [article]
