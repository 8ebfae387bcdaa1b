import pytest
from django.template import Context, Template

from academy.common.pictures import table


def test_table_says_what_it_shows():
    assert table(taken=5, held=1, free=2).words == (
        "5 van de 8 plekken bezet, 1 vastgehouden voor wie een aanbod kreeg, 2 vrij."
    )
    assert table(taken=8, waiting=1).words == "8 van de 8 plekken bezet, geen plek vrij, 1 persoon op de wachtlijst."


@pytest.mark.parametrize("capacity", [0, 1, 4, 12, 50, 250])
def test_chairs_stand_inside_the_drawing_and_not_on_each_other(capacity):
    drawn = table(taken=capacity)
    assert len(drawn.chairs) == capacity
    for chair in drawn.chairs:
        assert chair.x - chair.size / 2 >= 0
        assert chair.x + chair.size / 2 <= 240
    for one, other in zip(drawn.chairs, drawn.chairs[1:], strict=False):
        assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (one.size * 0.9) ** 2


def test_long_queue_is_cut_and_counted():
    drawn = table(taken=2, waiting=30)
    assert len(drawn.wall) == 12
    assert drawn.more_waiting == 18


def test_drawing_uses_points_in_its_numbers_and_the_words_as_its_name():
    html = Template("{% load look %}{% table_of_seats taken=5 free=2 %}").render(Context())
    assert 'role="img"' in html
    assert 'aria-label="5 van de 7 plekken bezet, 2 vrij."' in html
    assert "," not in html.split("<circle", 1)[1].split("</svg>", 1)[0]
