"""One's own data: take it along, or have it forgotten. Both ask for a fresh log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _, gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from academy.common import clock
from academy.common.errors import DomainError
from academy.people import rules
from academy.people.views.fresh import fresh_login_required
from academy.portal.admin_pages import allowed, sent
from academy.portal.domain.erasing import erase_person, fates_of
from academy.portal.domain.exporting import export_person
from academy.portal.externals_forms import EraseForm

if TYPE_CHECKING:
    from django.http import HttpRequest

read_or_send = require_http_methods(["GET", "HEAD", "POST"])
TRAIL = [(reverse_lazy("profile"), _lazy("Mijn gegevens"))]


@allowed(rules.has_own_file)
@never_cache
@fresh_login_required
@read_or_send
def take_along(request: HttpRequest) -> HttpResponse:
    """A page with a button, for a log-in in between forgets what was posted; the file is kept nowhere."""
    if request.method != "POST":
        return render(request, "portal_mine/take_along.html", {"trail": TRAIL})
    content = export_person(person=request.user, by=request.user)
    name = f'attachment; filename="mijn-gegevens-{clock.today():%Y-%m-%d}.zip"'
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": name})


@allowed(rules.has_own_file)
@never_cache
@fresh_login_required
@read_or_send
def erase(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; then, with the own address typed, all of it at once."""
    form = EraseForm(sent(request), address=request.user.email)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(person=request.user, by=request.user)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            logout(request)
            messages.success(request, _("Je account is gewist. Dank dat je meedeed."))
            return redirect("/")
    context = {
        "form": form,
        "fates": fates_of(request.user),
        "is_internal": rules.is_internal(request.user),
        "export_url": reverse("take_along"),
        "trail": TRAIL,
    }
    return render(request, "portal_mine/erase.html", context)
