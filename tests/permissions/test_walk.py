"""Every own route and method, as every role, on an object within reach and on its twin outside."""

import pytest
from django.http import HttpResponse
from django.urls import path

from academy.people.domain.roles import end_role
from academy.people.enums import Role
from tests.permissions import walker
from tests.permissions.makers import MAKERS
from tests.permissions.routes import CLOSED, METHODS, Mapped, foreign, mapped, permissions, routes, unmapped
from tests.permissions.world import ROLES, log_in

pytestmark = [pytest.mark.walk, pytest.mark.xdist_group("permissions"), pytest.mark.django_db]
LINES = mapped()
TABLE = permissions()


def test_columns_are_the_roles_and_cells_are_known():
    assert {role.value for role in Role} | {"an", "ac", "xa", "st"} == set(ROLES)
    cells = {cell for row in TABLE.values() for cell in row.values()}
    assert {frozenset(row) for row in TABLE.values()} == {frozenset(ROLES)}
    assert cells <= {"Y", "-", "own", "tm", "mem", "lead", "org", "sec", "gem", "agg", "brk", "lnk", "tmp", "two"}


def test_every_route_is_mapped():
    assert unmapped(routes(), LINES, foreign()) == []


def test_every_maker_exists():
    assert {line.maker for line in LINES.values() if line.maker} <= set(MAKERS)


def planted(request, number):
    return HttpResponse("planted")


planted.__module__ = "academy.planted.views"


def test_planted_route_is_seen():
    extra = routes([path("geheim/<int:number>/", planted, name="planted"), path("naamloos/", planted)])
    assert [fault.split(" has")[0] for fault in unmapped(extra, {}, foreign())] == [
        "planted at /geheim/<int:number>/",
        "(no name) at /naamloos/",
    ]


def test_planted_line_without_route_or_row_is_seen():
    bad = Mapped("gone", "GET", "no.such_row", "", 403)
    faults = unmapped([], {("gone", "GET"): bad}, foreign())
    assert faults == [
        "routes.csv names gone, which is no route of ours",
        "routes.csv: gone asks for no.such_row, which is no row",
    ]


@pytest.mark.parametrize("line", LINES.values(), ids=lambda line: f"{line.method}-{line.name}")
def test_cells(world, again, line):
    faults = []
    for role in ROLES:
        cell = TABLE[line.permission][role]
        faults.append(again(walker.try_cell, world, line, role, cell, inside=True))
        if line.maker and cell not in {"-", "Y"}:
            faults.append(again(walker.try_cell, world, line, role, cell, inside=False))
    assert [fault for fault in faults if fault] == []


@pytest.mark.parametrize("name", sorted({line.name for line in LINES.values() if line.permission != CLOSED}))
def test_method_without_a_line_is_refused(world, again, name):
    """Tried by somebody who may use the route: what has no line has no door (405)."""
    methods = [method for method in METHODS if (name, method) in LINES]
    line = LINES[name, methods[0]]
    row = TABLE[line.permission]
    role = next((role for role in reversed(ROLES) if row[role] != "-"), "ad")
    make = MAKERS.get(line.maker, lambda *_: walker.Try())
    for method in set(METHODS) - set(methods):
        attempt = make(world, world.people.get(role), row[role], True)
        response = again(walker.ask, world.client(role), name, method, attempt)
        assert response.status_code == 405, f"{method} {name} as {role}: {response.status_code}, should be 405"


class PlantedLine:
    name, method, permission, maker, refused = "planted", "GET", "office.desk", "", 403


def open_to_all(request):
    return HttpResponse("open")


def closed_to_all(request):
    return HttpResponse("closed", status=403)


urlpatterns = [path("a/", open_to_all, name="planted"), path("b/", closed_to_all, name="closed")]


@pytest.mark.urls(__name__)
def test_walker_sees_a_door_that_stands_open_and_one_that_is_shut(world, settings):
    assert "should be refused, got 200" in walker.try_cell(world, PlantedLine, "hr", "-", inside=True)
    assert "should go to the log-in" in walker.try_cell(world, PlantedLine, "an", "-", inside=True)
    assert "should be 403, got 200" in walker.try_cell(world, PlantedLine, "tm", "tm", inside=False)
    assert walker.try_cell(world, PlantedLine, "tm", "tm", inside=True) is None
    shut = type("Shut", (PlantedLine,), {"name": "closed"})
    assert "should be let in, got 403" in walker.try_cell(world, shut, "hr", "Y", inside=True)
    assert walker.try_cell(world, shut, "hr", "-", inside=True) is None


def test_role_that_ends_is_gone_on_the_next_request(world):
    """Tried on every mapped GET that the administrator alone may open, with the log-in she already has."""
    person = world.people["ad"]
    client = log_in(person)
    lines = [
        line
        for line in LINES.values()
        if line.method == "GET" and not line.maker and TABLE[line.permission]["ad"] == "Y"
        if TABLE[line.permission]["st"] == "-"
    ]
    before = [walker.ask(client, line.name, "GET", walker.Try()).status_code for line in lines]
    assert client.get("/cms/").status_code == 200
    end_role(assignment=person.role_assignments.get(), by=None)
    assert client.get("/cms/").status_code == 302
    after = [walker.ask(client, line.name, "GET", walker.Try()).status_code for line in lines]
    assert set(before) <= {200, 302}  # a list that is empty sends on to where there is something
    assert set(after) <= {403}
