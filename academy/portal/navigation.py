"""What stands in the menus, for whom. An entry shows itself only when its address leads somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.urls import NoReverseMatch, Resolver404, get_urlconf, resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from academy.evaluations.rules import reads_all_results
from academy.gatherings.rules import has_agenda
from academy.knowledge.groups import GROUPS
from academy.people.enums import Role
from academy.people.rules import has_role
from academy.portal.admin_home import has_doors

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest
    from django.utils.functional import Promise

    from academy.people.models import User

    Predicate = Callable[[User | AnonymousUser], bool]


def anybody(_user: User | AnonymousUser) -> bool:
    return True


def logged_in(user: User | AnonymousUser) -> bool:
    return user.is_authenticated


def holds(*roles: Role) -> Predicate:
    return lambda user: has_role(user, *roles)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. ``target`` is the name of a url, or an address of ``contract.md`` that starts with a slash."""

    target: str
    label: str | Promise
    visible: Predicate = anybody


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one request shows it."""

    url: str
    label: str | Promise
    current: bool


MAIN = (
    Item("/aanbod/", _("Aanbod")),
    Item("/leertafels/", _("Leertafels")),
    Item("/leerroutes/", _("Leerroutes")),
    Item("/kijkje-in-de-keuken/", _("Kijkje in de Keuken")),
    Item("/kennisbank/", _("Kennisbank")),
    Item("/zoeken/", _("Zoeken")),
)
OWN = (
    Item("/mijn/", _("Mijn overzicht"), logged_in),
    Item("/mijn/agenda/", _("Agenda"), has_agenda),
    Item("/mijn/registratie/", _("Registratie"), logged_in),
    Item("/mijn/portfolio/", _("Portfolio"), logged_in),
    Item("/mijn-groepen/", _("Mijn groepen"), holds(Role.TRAINER, Role.FACILITATOR, Role.HOST, Role.EXPERT)),
    Item("evaluations", _("Evaluaties"), reads_all_results),
    Item("/team/", _("Team"), holds(Role.TEAM_MANAGER, Role.COORDINATOR)),
    Item("/bureau/", _("Bureau"), holds(Role.OFFICE)),
    Item("/bureau/taken/", _("Bleef liggen"), holds(Role.ADMIN)),
    Item("/hr/", _("HR"), holds(Role.HR)),
    Item("/partners/", _("Partners"), holds(Role.PARTNERSHIP)),
    Item("/gemeente/", _("Gemeente"), holds(Role.MUNICIPALITY)),
    Item("breaches", _("Herleidbaar"), holds(Role.PRIVACY)),
    Item("manage_home", _("Beheer"), has_doors),
    Item("wagtailadmin_home", _("Redactie"), holds(Role.EDITOR, Role.TRAINER, Role.ADMIN)),
)
ACCOUNT = (
    Item("/account/", _("Mijn account"), logged_in),
    Item("account_logout", _("Uitloggen"), logged_in),
)
# Where the home page sends people: the groups of ``academy.knowledge``, each once its page stands.
DOORS = (
    Item("/voor/", _("Voor wie is de academie?")),
    *(Item(group.address, group.title) for group in GROUPS.values()),
)
FOOTER = (
    Item("advice", _("Vraag advies aan Veilig Thuis")),
    Item("request_information", _("Voorlichting aanvragen")),
    Item("/privacy/", _("Privacy")),
    Item("/toegankelijkheid/", _("Toegankelijkheid")),
)


EVERYTHING = (*MAIN, *OWN, *ACCOUNT, *DOORS, *FOOTER)


@lru_cache(maxsize=256)
def _route(address: str, urlconf: str) -> str | None:
    """The name of the route behind ``address``, empty for one without a name; None when there is none."""
    try:
        return resolve(address, urlconf).url_name or ""
    except Resolver404:
        return None


class Navigation:
    """The menus of one request; nothing is worked out until a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._pages: set[str] | None = None

    @cached_property
    def main(self) -> list[Link]:
        return self._links(MAIN)

    @cached_property
    def own(self) -> list[Link]:
        return self._links(OWN)

    @cached_property
    def account(self) -> list[Link]:
        return self._links(ACCOUNT)

    @cached_property
    def footer(self) -> list[Link]:
        return self._links(FOOTER)

    @cached_property
    def doors(self) -> list[Link]:
        return self._links(DOORS)

    @cached_property
    def reachable(self) -> set[str]:
        """Which of the known targets lead somewhere for this user; a template asks ``"/aanbod/" in ...``."""
        return {item.target for item in EVERYTHING if item.visible(self._request.user) and self._address(item.target)}

    def leads_somewhere(self, address: str) -> bool:
        """Whether ``address`` has a view of its own or a public page."""
        name = _route(address, get_urlconf() or settings.ROOT_URLCONF)
        return name is not None and (name != "wagtail_serve" or address in self._public_pages())

    def _links(self, items: tuple[Item, ...]) -> list[Link]:
        shown = [
            (url, item.label)
            for item in items
            if item.visible(self._request.user) and (url := self._address(item.target))
        ]
        # The address that is the longest beginning of the present one.
        here = max((url for url, _label in shown if self._request.path.startswith(url)), key=len, default=None)
        return [Link(url, label, current=url == here) for url, label in shown]

    def _address(self, target: str) -> str | None:
        if target.startswith("/"):
            return target if self.leads_somewhere(target) else None
        try:
            return reverse(target)
        except NoReverseMatch:
            return None

    def _public_pages(self) -> set[str]:
        """Which of the menu's addresses are published pages; remembered for ``MENU_SECONDS``."""
        if self._pages is None:
            # By host, because only the host says which site it is: then the site need not be looked up either.
            key = f"navigation:{self._request.get_host()}"
            self._pages = cache.get_or_set(key, lambda: published(self._request), settings.MENU_SECONDS)
        return self._pages


def navigation_of(request: HttpRequest) -> Navigation:
    """The menus of this request, the same for the view and the frame around it."""
    known = vars(request)
    if "_navigation" not in known:
        known["_navigation"] = Navigation(request)
    found: Navigation = known["_navigation"]
    return found


def published(request: HttpRequest) -> set[str]:
    """Which of the addresses that the menus name are public pages of the site of this request."""
    site = Site.find_for_request(request)
    if site is None:
        return set()
    root = site.root_page.url_path
    wanted = {root + item.target.lstrip("/"): item.target for item in EVERYTHING if item.target.startswith("/")}
    # Slugs have an index, whole paths have none.
    slugs = {path.rsplit("/", 2)[-2] for path in wanted}
    found = Page.objects.live().public().filter(slug__in=slugs, url_path__in=wanted).order_by()
    return {wanted[path] for path in found.values_list("url_path", flat=True)}
