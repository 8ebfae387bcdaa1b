"""The house as its people use it: a role is given and taken, an article is reviewed and appears on its day, a passkey."""

from datetime import timedelta

import pytest

from academy.common import clock
from tests.browser.steps import DAY, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.story, pytest.mark.xdist_group("stories")]
TITLE, ADDRESS = "Een veilig gesprek voeren", "/kennisbank/een-veilig-gesprek-voeren/"
INDEX = "from academy.knowledge.models import ArticleIndexPage; print(ArticleIndexPage.objects.get().pk)"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
REFUSED = "Dit deel van de site is voor de redactie."


def test_a_role_works_from_the_next_request_and_a_second_editor_publishes(shared_academy, new_page):
    noor, beheer = (Visitor(new_page, shared_academy).log_in(name) for name in ("noor", "beheer"))
    noor.at("/cms/")
    noor.sees(REFUSED)
    open_person(beheer, "Noor Verhage")
    beheer.follow("Rol geven")
    beheer.page.get_by_label("Rol", exact=True).select_option(label="redacteur")
    beheer.press("Geef deze rol")
    beheer.sees("Noor Verhage (fictief) heeft de rol redacteur.")

    write_for_tomorrow(noor)
    publish(Visitor(new_page, shared_academy).log_in("redactie"))

    # It waits for its day.
    reader = Visitor(new_page, shared_academy).log_in("samir")
    shared_academy.manage("sweep")
    assert reader.page.request.get(f"{reader.origin}{ADDRESS}").status == 404
    shared_academy.manage("sweep", ACADEMY_CLOCK_OFFSET=str(DAY))
    reader.at(ADDRESS)
    assert TITLE in reader.page.inner_text("h1")

    open_person(beheer, "Noor Verhage")
    beheer.press("Beëindig")
    beheer.sees("heeft de rol redacteur niet meer")
    noor.at("/cms/")
    noor.sees(REFUSED)


def open_person(beheer, name):
    beheer.at(f"/beheer/personen/?q={name}")
    beheer.open("a[href^='/beheer/personen/']", has_text=name)


def write_for_tomorrow(editor):
    """An article with a date on which it appears, handed in for review."""
    page = editor.at(f"/cms/pages/add/knowledge/articlepage/{editor.academy.python(INDEX)}/")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_introduction").fill("Voor wie met ouders praat over veiligheid thuis.")
    tomorrow = clock.now().astimezone(clock.AMSTERDAM) + timedelta(hours=20)
    page.locator("[data-side-panel-toggle=status]").click()
    page.get_by_role("button", name="Stel schema in").click()
    page.locator("#id_go_live_at").fill(tomorrow.strftime("%Y-%m-%d %H:%M"))
    # By the keyboard: the calendar of the date hangs over the button.
    page.get_by_role("button", name="Schema opslaan").press("Enter")
    page.get_by_text(f"Pagina '{TITLE}' is aangemaakt").wait_for()
    page.get_by_role("button", name="Meer acties").click()
    page.get_by_role("button", name="Stuur door naar Nakijken").click()
    page.get_by_text("ingediend").first.wait_for()


def publish(editor):
    """Approve what waits for a second pair of eyes."""
    page = editor.at("/cms/")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("button", name="Meer acties").click()
    page.get_by_role("button", name="Keur goed en publiceer").click()
    page.get_by_text("is gewijzigd").first.wait_for()
    page.get_by_text("Gepland").first.wait_for()


def test_a_staff_member_sets_a_passkey_and_logs_in_with_it(shared_academy, new_page):
    # A passkey belongs to a name and never to a number; no other story logs in as this person, for it asks a second step now.
    proces = Visitor(new_page, shared_academy, host="localhost")
    session = proces.page.context.new_cdp_session(proces.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    proces.log_in("proces")
    proces.at("/account/")
    proces.follow("Tweede stap bij het inloggen")
    proces.follow("Voeg een passkey toe")
    proces.prove_it_is_me()
    proces.page.locator("[name=name]").fill("mijn telefoon")
    proces.page.locator("[name=passwordless]").check()
    proces.page.locator("#mfa_webauthn_add").click()
    proces.page.wait_for_url("**/account/2fa/recovery-codes/")
    proces.at("/account/")
    proces.press("Log uit")
    proces.page.wait_for_url(lambda url: "/account/" not in url)
    proces.at("/account/login/?next=/account/2fa/webauthn/")
    proces.press("Log in met een passkey")
    proces.page.wait_for_url("**/account/2fa/webauthn/")
    proces.sees("mijn telefoon")
