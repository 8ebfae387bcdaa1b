"""The demo of partners is uneven on purpose, whatever the steps before it brought."""

from academy.common import clock
from academy.gatherings.models import Attendance
from academy.partners.coverage import board
from academy.partners.models import InformationRequest, Outreach, TeamContact
from academy.partners.moments import periods


def test_coverage_of_the_demo_is_uneven(loaded_demo):
    areas = board(periods()["24m"])
    lines = {line.municipality.name: line for area in areas for line in area.lines}
    had = {name: [cell.persons > 0 for cell in lines[name].cells] for name in ("Almere", "Dronten", "Urk", "Zeewolde")}
    kinds = set(Attendance.objects.filter(status="present").values_list("session__gathering__kind", flat=True))
    visits, tables = "visit" in kinds, "leertafel" in kinds
    assert had == {
        "Almere": [visits, True, tables],
        "Dronten": [visits, False, False],
        "Urk": [False] * 3,
        "Zeewolde": [False] * 3,
    }
    assert lines["Almere"].cells[1].persons >= 5
    assert lines["Urk"].last_contact is None
    assert Outreach.objects.overdue().count() == 2
    assert Outreach.objects.due_this_week().exists()
    assert sorted(InformationRequest.objects.values_list("state", flat=True)) == ["declined", "held", "new", "planned"]
    assert TeamContact.objects.current().count() == 2
    assert not InformationRequest.objects.filter(received_at__gt=clock.now()).exists()
