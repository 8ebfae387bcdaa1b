"""Finding a person and doing something with her: search, choose, send; all of it without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from academy.common.errors import DomainError, NotAllowedError
from academy.people.models import User
from academy.people.rules import sees_full_profiles
from academy.portal.groups_forms import SearchForm
from academy.portal.groups_reading import MOST_FOUND, candidates

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class Picked:
    """Who was chosen, with what else was filled in and which conditions the planner sets aside."""

    person: User
    extra: dict[str, Any]
    despite: frozenset[str]


class PersonForm(forms.Form):
    """One of the people that were found."""

    def __init__(self, data: Any, user: User, found: list[User]) -> None:
        super().__init__(data)
        self.user = user
        self.fields["person"] = forms.ChoiceField(
            label=_("Wie?"),
            choices=[(person.public_id, described(person, full=sees_full_profiles(user))) for person in found],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Kies iemand uit de lijst."),
                "invalid_choice": _("Deze persoon staat niet in de lijst. Zoek opnieuw."),
            },
        )

    def chosen(self) -> User:
        people = User.objects.get_queryset().visible_to(self.user)
        return people.get(public_id=self.cleaned_data["person"])


def described(person: Any, *, full: bool) -> str:
    """Name and work place; the address only for who may see the whole profile."""
    name = person.full_name if full else person.shown_name
    places = [f"{one.team}, {one.organisation}" if one.team else str(one.organisation) for one in person.places]
    return " · ".join([name, *places, *([person.email] if full else [])])


def pick_page(
    request: HttpRequest,
    act: Callable[[Picked], str],
    *,
    back: str,
    extra: type[forms.Form] = forms.Form,
    set_aside: frozenset[str] = frozenset(),
    **context: Any,
) -> HttpResponse:
    """Search a person, choose, and let ``act`` call the domain; it returns the sentence for the user.

    What refuses is said with every reason. When all of them are in ``set_aside``, a second button does it all the same.
    """
    search = SearchForm(request.POST if request.method == "POST" else request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    found = candidates(request.user, words)
    sent = request.POST if request.method == "POST" else None
    form, more = PersonForm(sent, request.user, found), extra(sent)
    refused: DomainError | None = None
    if sent is not None and form.is_valid() and more.is_valid():
        wanted = set_aside if "despite" in request.POST else frozenset()
        try:
            done = act(Picked(form.chosen(), more.cleaned_data, wanted))
        except NotAllowedError as error:
            raise PermissionDenied(error.message) from error
        except DomainError as error:
            refused = error
            for reason in error.reasons:
                form.add_error("person", reason.message)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, done)
            return redirect(back)
    may_insist = refused is not None and {reason.code for reason in refused.reasons if reason.refuses} <= set_aside
    context |= {"search": search, "words": words, "form": form, "more": more, "found": found, "back": back}
    context |= {"may_insist": may_insist, "too_many": len(found) == MOST_FOUND}
    return render(request, "portal_groups/pick.html", context)
