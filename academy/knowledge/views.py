"""Searching the site, the list of terms, and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.views import serve

from academy.common.page_cache import public_page
from academy.knowledge.models import ArticlePage, Term
from academy.knowledge.results import found
from academy.knowledge.search import MOST_CHARACTERS, MOST_FOUND

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything one may read that holds the words asked for."""
    text = request.GET.get("q", "").strip()
    context = {"words": text[:MOST_CHARACTERS], "longest": MOST_CHARACTERS, "most": MOST_FOUND}
    if text:
        kind, page = request.GET.get("soort", ""), request.GET.get("page")
        context["found"] = found(request.user, text, kind, page)
    return render(request, "knowledge/search.html", context)


@require_safe
@public_page
def terms(request: HttpRequest) -> HttpResponse:
    """Every term with its explanation, from A to Z."""
    rows = Term.objects.visible_to(request.user).select_related("article").order_by("name")
    letters: dict[str, list[Term]] = {}
    for term in sorted(rows, key=lambda term: term.name.casefold()):
        letters.setdefault(term.name[0].upper(), []).append(term)
    return render(request, "knowledge/terms.html", {"letters": letters})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """An article that everybody may read, found at once; Wagtail's own way knows what to do with anything else."""
    page = ArticlePage.objects.visible_to(request.user).filter(slug=slug).first()
    if page is None:
        return serve(request, f"kennisbank/{slug}/")
    return public_page(page.serve)(request)
