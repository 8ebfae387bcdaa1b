"""The door with two processes behind it, and in a real browser."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.people import provider
from tests.people.door import totp_code

FIRST_BUTTON = "main form button[type=submit] >> nth=0"
ADDRESS, PASSWORD = "sanne@voorbeeld.example", "een-wachtwoord-van-sanne"
MAKE = f"""
from allauth.account.models import EmailAddress
from django.core.management import call_command
from academy.people.models import User
call_command("collectstatic", "--noinput", "-v0")
person = User.objects.create_user("{ADDRESS}", "{PASSWORD}", full_name="Sanne")
EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
"""


def serve(sandbox, workers=2):
    """Web processes, that share what is loaded before they part, and one account."""
    sandbox.python(MAKE)
    process = sandbox.start(
        *("-m", "gunicorn", "academy.wsgi", "--workers", str(workers), "--threads", "4", "--preload"),
        *("--bind", f"127.0.0.1:{sandbox.port}"),
    )
    sandbox.wait_for_web(process)
    return sandbox


@pytest.fixture
def site(sandbox):
    return serve(sandbox)


def guess(site, count):
    """How many of ``count`` wrong passwords, tried all at once, were looked at."""
    session = requests.Session()
    page = session.get(f"{site.url}/account/login/", timeout=30)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    cookies = session.cookies.get_dict()

    def attempt(number):
        answer = requests.post(
            f"{site.url}/account/login/",
            {"login": ADDRESS, "password": f"fout-{number:08}", "csrfmiddlewaretoken": token},
            headers={"X-Forwarded-For": f"10.0.{number // 250}.{number % 250}"},
            cookies=cookies,
            timeout=120,
        )
        return answer.status_code, "Het e-mailadres of het wachtwoord klopt niet" in answer.text

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(attempt, range(count)))
    assert {code for code, _looked in answers} <= {200, 429}, (site.folder / "process-0.log").read_text()[-3000:]
    return sum(looked for _code, looked in answers)


@pytest.mark.live
def test_parallel_guesses_on_two_processes_stop_at_the_limit(site):
    looked = guess(site, 40)
    assert 1 <= looked <= 7


@pytest.mark.live
@pytest.mark.soak
def test_two_hundred_parallel_guesses_stop_at_the_limit(site):
    looked = guess(site, 200)
    assert 1 <= looked <= 7


def visitor(site, chromium):
    page = chromium.new_page()
    page.set_default_timeout(40_000)
    page.origin = f"http://localhost:{site.port}"  # a passkey belongs to a name, never to a number
    return page


@pytest.fixture
def page(site, chromium):
    page = visitor(site, chromium)
    yield page
    page.close()


def log_in(page):
    page.goto(f"{page.origin}/account/login/")
    page.fill("[name=login]", ADDRESS)
    page.fill("main [name=password]", PASSWORD)
    page.click(FIRST_BUTTON)
    page.wait_for_url(lambda url: "/account/login" not in url)


def log_out(page):
    page.goto(f"{page.origin}/account/logout/")
    page.click(FIRST_BUTTON)
    page.wait_for_url(lambda url: "logout" not in url)


def open_guarded(page, path):
    page.goto(page.origin + path)
    if "reauthenticate" in page.url:
        page.fill("main [name=password]", PASSWORD)
        page.click(FIRST_BUTTON)
        page.wait_for_url("**" + path)


@pytest.mark.browser
@pytest.mark.live
def test_a_passkey_is_set_and_logs_in(page):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    log_in(page)
    open_guarded(page, "/account/2fa/webauthn/add/")
    page.fill("[name=name]", "mijn telefoon")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/account/2fa/recovery-codes/")
    assert page.locator(".codes code").count() == 10
    log_out(page)
    page.goto(f"{page.origin}/account/login/?next=/account/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "login" not in url, wait_until="load")
    page.goto(f"{page.origin}/account/2fa/webauthn/")
    assert "mijn telefoon" in page.inner_text("main")


@pytest.mark.browser
@pytest.mark.live
def test_an_app_is_set_and_asked_for(page):
    log_in(page)
    open_guarded(page, "/account/2fa/totp/activate/")
    secret = page.inner_text("#totp_secret")
    page.fill("[name=code]", totp_code(secret))
    page.click(FIRST_BUTTON)
    page.wait_for_url("**/account/2fa/recovery-codes/")
    log_out(page)
    log_in(page)
    assert page.url.endswith("/account/2fa/authenticate/")
    page.fill("[name=code]", totp_code(secret, step=1))
    page.click(FIRST_BUTTON)
    page.wait_for_url(lambda url: "authenticate" not in url)
    page.goto(f"{page.origin}/account/")
    assert "Je account" in page.inner_text("h1")


@pytest.mark.browser
@pytest.mark.live
def test_the_provider_of_the_settings_logs_in(sandbox, chromium):
    """By environment alone, with the policy that browsers hold our forms to."""
    with provider.running() as running:
        running.person |= {"email": "nieuw@voorbeeld.example", "email_verified": True}
        sandbox.env |= {"OIDC_SERVER_URL": running.url, "OIDC_NAME": "Blijf Groep"}
        sandbox.env |= {"OIDC_CLIENT_ID": provider.CLIENT, "OIDC_SECRET": provider.SECRET}
        page = visitor(serve(sandbox, workers=1), chromium)
        page.goto(f"{page.origin}/account/login/?next=/account/")
        page.get_by_role("button", name="Log in via Blijf Groep").click()
        # Whoever comes for the first time is asked where she works, and then goes where she wanted to be.
        page.wait_for_url(lambda url: url.startswith(f"{page.origin}/account/werkplek/"))
        page.get_by_role("button", name="Sla over").click()
        page.wait_for_url(f"{page.origin}/account/")
        assert "Je account" in page.inner_text("h1")
        page.close()
