"""Publishing terms from code; in the CMS they go through review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from academy.knowledge.models import ArticlePage, Term

if TYPE_CHECKING:
    from datetime import date

    from academy.people.models import User


@dataclass(frozen=True, slots=True)
class Entry:
    """A term to publish; ``article`` is the slug of an article that says more."""

    name: str
    explanation: str
    variants: str = ""
    article: str = ""


@transaction.atomic
def publish_term(*, entry: Entry, review_on: date | None, by: User) -> Term:
    """Publish a term as the work of ``by``; one with that name stays as it is."""
    standing: Term | None = Term.objects.filter(name=entry.name).first()
    if standing is not None:
        return standing
    article = ArticlePage.objects.filter(slug=entry.article).first() if entry.article else None
    term = Term(
        name=entry.name,
        slug=slugify(entry.name),
        explanation=entry.explanation,
        variants=entry.variants,
        article=article,
        review_on=review_on,
        live=False,
    )
    term.full_clean()
    term.save()
    term.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    term.refresh_from_db()
    return term
