"""Routes that libraries bring: closed to everybody whom ``foreign.csv`` does not let in."""

import re

import pytest

from tests.pages.making import make_standard
from tests.permissions.routes import foreign, routes
from tests.permissions.world import ROLES

pytestmark = [pytest.mark.walk, pytest.mark.xdist_group("permissions"), pytest.mark.django_db]
# A write needs one look at each kind of person: nobody, a member of staff, two with a desk, and those of the editor.
WRITERS = ("an", "st", "of", "hr", "tr", "ed", "ad")
REFUSED = {302, 400, 403, 404, 405}
LINES = foreign()


def roles_of(name):
    return next(line.roles for line in LINES if line.pattern.fullmatch(name))


def fill(address, number):
    """An address with something in each of its holes; numbers are those of a page that exists."""
    address = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)?][^)]*\)", str(number), address)
    address = re.sub(r"<int:\w+>", str(number), address)
    address = re.sub(r"<(?:\w+:)?\w+>", "1", address)
    return "/" + re.sub(r"[\^$\\?]", "", address)


CLOSED = [route for route in routes() if not route.ours and roles_of(route.name) != {"*"}]


def test_addresses_are_filled():
    assert fill("cms/pages/<int:page_id>/edit/", 3) == "/cms/pages/3/edit/"
    assert fill("^images/([^/]*)/(\\d*)/([^/]*)/[^/]*$", 3).startswith("/images/3/3/3/")


@pytest.mark.parametrize(("method", "roles"), [("get", ROLES), ("post", WRITERS)])
def test_closed_routes_tell_nothing(world, again, method, roles):
    page = make_standard(title="Wat hier staat leest niemand")
    faults = []
    for role in roles:
        client = world.client(role)

        def walk(client=client, role=role):
            for route in CLOSED:
                if role in roles_of(route.name):
                    continue
                response = getattr(client, method)(fill(route.address, page.pk))
                if response.status_code not in REFUSED or page.title.encode() in response.content:
                    faults.append(f"{method} {route.name} as {role}: {response.status_code}")

        again(walk)
    assert faults == []


def test_some_routes_are_closed_and_some_are_open():
    names = {route.name for route in CLOSED}
    assert len(names) > 100
    assert "account_login" not in names
    assert "wagtailusers_users:index" in names
