"""The main job as people do it in a browser: a seat, a day in a room, a certificate; and an e-learning on a phone.

The academy is stopped between the days and starts again later on the clock, so that what is ahead really comes.
"""

import io
import re

import pytest
from pypdf import PdfReader

from tests.browser.steps import (
    DAY,
    PHONE,
    Visitor,
    close_group,
    codes_of,
    expected,
    hand_in,
    later,
    read_lessons,
    read_mail,
    take_seat,
    wait_until,
)
from tests.portal.demo_facts import WRONG_FIRST

pytestmark = [pytest.mark.browser, pytest.mark.story, pytest.mark.xdist_group("stories")]
# The run that she chooses is over, also when it moved out of a weekend.
AFTER_THE_RUN = 27
MELDCODE = "meldcode-in-vijf-stappen"


def test_from_finding_a_training_to_a_certificate_that_verifies(demo_sandbox, new_page):
    academy = demo_sandbox
    academy.serve()
    noor = Visitor(new_page, academy).log_in("noor")
    before, had = int(expected(noor, "Formeel leren")), codes_of(noor)

    # She finds the training and takes a seat; agenda and mailbox know it.
    noor.at("/aanbod/?q=intieme+terreur")
    run = take_seat(noor, noor.open("a[href^='/aanbod/'][href$='/']", has_text="Intieme terreur"))
    assert "Intieme terreur" in noor.at("/mijn/agenda/").locator("main").inner_text()
    read_mail(noor, "Je plek is bevestigd: Intieme terreur", to="Noor Verhage")
    page = noor.at(run)
    assert page.get_by_role("button", name="Schrijf me in").count() == 0

    # The day after, the trainer records who was there and closes; in that very moment everything is killed.
    served = later(academy, AFTER_THE_RUN)
    marjan = Visitor(new_page, academy).log_in("marjan")
    close_group(marjan, run)
    marjan.page.context.close()  # the page that she gets next would be cut off
    academy.kill(served)
    later(academy, AFTER_THE_RUN)
    (code,) = wait_until(lambda: set(codes_of(noor)) - set(had))

    # It opens, the code printed on it verifies for anybody, and it is there once.
    page = noor.at(code)
    assert "Dit bewijs is echt en geldt." in noor.text
    wait_until(lambda: noor.at(code).get_by_role("link", name="Download als PDF").count())
    with page.expect_download() as download:
        page.get_by_role("link", name="Download als PDF").click()
    printed = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages[0].extract_text()
    assert code.strip("/").rpartition("/")[2] in re.sub(r"[-\s]", "", printed)
    stranger = Visitor(new_page, academy)
    stranger.at(code)
    assert "Dit bewijs is echt en geldt." in stranger.text
    assert "Verhage" in stranger.text
    assert "Noor" not in stranger.text
    assert len(set(codes_of(noor)) - set(had)) == 1

    # The meter moved, and HR sees the hours and downloads them.
    assert int(expected(noor, "Formeel leren")) == before + 6
    yasmin = Visitor(new_page, academy).log_in("yasmin")
    yasmin.at("/hr/uren/")
    assert "Noor Verhage" in yasmin.page.content()
    with yasmin.page.expect_download() as download:
        yasmin.page.locator("main a[href*='soort=csv']").first.click()
    assert "Noor Verhage" in download.value.path().read_text(encoding="utf-8-sig")
    assert "in orde" in academy.manage("verify_ledger", ACADEMY_CLOCK_OFFSET=str(AFTER_THE_RUN * DAY)).stdout


def test_an_e_learning_on_a_phone_fails_once_and_passes(shared_academy, new_page):
    samir = Visitor(new_page, shared_academy, **PHONE).log_in("samir")
    had = codes_of(samir)
    take_seat(samir, f"/aanbod/{MELDCODE}/")
    samir.open("a[href*='/leren/']")
    samir.follow("Begin met les 1")
    read_lessons(samir, last="Klaar, naar de toets")

    hand_in(samir, MELDCODE, wrong=WRONG_FIRST)
    samir.sees("Nog niet gehaald")
    samir.follow("Doe de toets opnieuw")
    hand_in(samir, MELDCODE, wrong=0)
    samir.sees("Je bent geslaagd")
    (code,) = wait_until(lambda: set(codes_of(samir)) - set(had))
    samir.at(code)
    assert "Dit bewijs is echt en geldt." in samir.text
    assert samir.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
