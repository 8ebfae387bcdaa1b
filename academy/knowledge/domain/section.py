"""Makes the knowledge base stand: its front page, the themes and the rights on them."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from academy.knowledge.domain.indexing import catch_up
from academy.knowledge.models import ArticleIndexPage, GroupIndexPage, Term, Theme
from academy.knowledge.vocabulary import THEMES
from academy.pages.domain.site import ADMINS, EDITORS, grant_model_rights, keep_page, prepare_site, review_snippets


@transaction.atomic
def prepare_knowledge() -> ArticleIndexPage:
    """Make what is missing and return the front page of the knowledge base."""
    index: ArticleIndexPage = keep_page(
        ArticleIndexPage,
        parent=prepare_site(),
        slug="kennisbank",
        title="Kennisbank",
        introduction="Korte artikelen over veiligheid thuis, geschreven voor professionals. Elk met zijn bronnen.",
        show_in_menus=True,
    )
    keep_themes()
    keep_groups()
    grant_model_rights("knowledge", "theme", (EDITORS, ADMINS))
    # No right to publish: a term goes through review like a page.
    grant_model_rights("knowledge", "term", (EDITORS, ADMINS))
    review_snippets(Term)
    catch_up()
    return index


def keep_groups() -> GroupIndexPage:
    """The page above the pages for groups; the editors make those."""
    above: GroupIndexPage = keep_page(
        GroupIndexPage,
        parent=prepare_site(),
        slug="voor",
        title="Voor wie is de academie?",
        introduction="Kies waar je werkt. Dan zie je wat er voor jou is: aanbod, artikelen en wie je kunt vragen.",
    )
    return above


def keep_themes() -> None:
    """Add the themes of the vocabulary to an academy that has none; later the editors decide."""
    if Theme.objects.exists():
        return
    for name, (pillar, children) in THEMES.items():
        parent = Theme.objects.create(name=name, slug=slugify(name), pillar=pillar)
        for child in children:
            Theme.objects.create(name=child, slug=slugify(child), pillar=pillar, parent=parent)
