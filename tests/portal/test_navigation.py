import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import path
from wagtail.models import Page, Site

from academy.pages.models import HomePage
from academy.people.enums import Role
from academy.portal.navigation import FOOTER, MAIN, OWN, Item, Navigation
from academy.urls import urlpatterns as real
from tests.factories import make_person, make_with_role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.test_navigation")]


def nothing(request):
    raise AssertionError


built = [item.target for item in (*MAIN, *OWN) if item.target.startswith("/") and item.target != "/kennisbank/"]
urlpatterns = [*[path(target.lstrip("/"), nothing) for target in built], *real]


def menu(user=None, address="/"):
    request = RequestFactory().get(address)
    request.user = user or AnonymousUser()
    return Navigation(request)


def labels(links):
    return [str(link.label) for link in links]


def test_visitor_sees_the_public_menu_and_nothing_of_ones_own():
    assert [label for label in labels(menu().main) if label != "Kennisbank"] == [
        "Aanbod",
        "Leertafels",
        "Leerroutes",
        "Kijkje in de Keuken",
        "Zoeken",
    ]
    assert menu().own == []
    assert menu().account == []


def test_participant_sees_her_own_pages():
    assert labels(menu(make_person()).own) == ["Mijn overzicht", "Agenda", "Registratie", "Portfolio"]


@pytest.mark.parametrize(
    ("role", "label"),
    [
        (Role.TRAINER, "Mijn groepen"),
        (Role.FACILITATOR, "Mijn groepen"),
        (Role.HOST, "Mijn groepen"),
        (Role.EXPERT, "Mijn groepen"),
        (Role.TEAM_MANAGER, "Team"),
        (Role.COORDINATOR, "Team"),
        (Role.OFFICE, "Bureau"),
        (Role.HR, "HR"),
        (Role.PARTNERSHIP, "Partners"),
        (Role.MUNICIPALITY, "Gemeente"),
        (Role.EDITOR, "Redactie"),
    ],
)
def test_role_adds_its_own_entry(role, label):
    everybody = {"Mijn overzicht", "Agenda", "Registratie", "Portfolio"}
    assert label in set(labels(menu(make_with_role(role)).own)) - everybody


def test_page_appears_once_it_is_published():
    root = Page.get_first_root_node()
    home = HomePage.objects.first() or root.add_child(instance=HomePage(title="Voorpagina", slug="voor"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    page = home.get_children().filter(slug="kennisbank").first()
    page = page or home.add_child(instance=Page(title="Kennisbank", slug="kennisbank"))
    page.unpublish()
    assert "Kennisbank" not in labels(menu().main)
    page.specific.save_revision().publish()
    assert "Kennisbank" in labels(menu().main)


def test_unknown_url_name_is_left_out():
    assert menu()._links((Item("nergens:heen", "Nergens"),)) == []


@pytest.mark.parametrize(
    ("address", "current"),
    [("/mijn/", "Mijn overzicht"), ("/mijn/agenda/", "Agenda"), ("/mijn/agenda/week/", "Agenda"), ("/aanbod/", None)],
)
def test_one_entry_is_the_current_one(address, current):
    marked = [str(link.label) for link in menu(make_person(), address).own if link.current]
    assert marked == ([current] if current else [])


def test_menus_cost_two_queries_for_pages(django_assert_num_queries):
    person = make_person()
    assert menu(person).own
    navigation = menu(person)
    Site.find_for_request(navigation._request)
    # The root page of the site, and which of the addresses are published.
    with django_assert_num_queries(2):
        assert navigation.main
        assert labels(navigation.footer) == [str(item.label) for item in FOOTER]
        assert navigation.reachable
