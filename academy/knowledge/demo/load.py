"""Puts the articles and the plain pages of the demo on the site."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from academy.common import clock
from academy.knowledge.demo import law, practice
from academy.knowledge.domain.section import prepare_knowledge
from academy.knowledge.models import ArticlePage, ArticleSource, Theme
from academy.pages.domain.site import keep_page, prepare_site
from academy.pages.models import StandardPage

if TYPE_CHECKING:
    from academy.knowledge.demo.shape import Article
    from academy.people.models import User

ARTICLES: tuple[Article, ...] = (*law.ARTICLES, *practice.ARTICLES)

_ABOUT = (
    ("heading", {"text": "Voor wie", "level": "2"}),
    (
        "text",
        (
            "<p>De academie is er voor collega's, voor lokale teams en voor iedereen die beroepshalve te maken krijgt "
            "met geweld in gezinnen. Je vindt hier trainingen, bezoeken bij Veilig Thuis en leertafels.</p>"
        ),
    ),
    ("heading", {"text": "Drie momenten", "level": "2"}),
    (
        "steps",
        {
            "steps": [
                {"title": "Kennismaken", "text": "<p>Een dagdeel meekijken en mensen leren kennen.</p>"},
                {"title": "Trainen", "text": "<p>Kennis en vaardigheden opdoen die je morgen gebruikt.</p>"},
                {"title": "Leertafel", "text": "<p>In een vaste groep blijven leren van je eigen werk.</p>"},
            ]
        },
    ),
)
_CONTACT = (
    (
        "text",
        (
            "<p>Heb je een vraag over een training, een certificaat of je account? Bel of mail het bureau. Je krijgt "
            "binnen twee werkdagen antwoord.</p><p>Maak je je zorgen over een gezin? Bel dan Veilig Thuis: 0800-2000, "
            "gratis, dag en nacht. Is er nu gevaar? Bel 112.</p>"
        ),
    ),
)


@transaction.atomic
def load_articles(*, by: User) -> list[ArticlePage]:
    """Publish every article and the pages About and Contact as the work of ``by``; what stands already stays.

    Articles link to each other, so each gets its links when all of them stand.
    """
    index = prepare_knowledge()
    home = prepare_site()
    keep_page(
        StandardPage,
        parent=home,
        slug="over-de-academie",
        title="Over de academie",
        introduction="In de Blijf Groeien Academie leren professionals samen over veiligheid thuis.",
        body=list(_ABOUT),
        show_in_menus=True,
    )
    keep_page(
        StandardPage,
        parent=home,
        slug="contact",
        title="Contact",
        introduction="Zo bereik je het bureau van de academie.",
        body=list(_CONTACT),
        show_in_menus=True,
    )
    standing = set(ArticlePage.objects.child_of(index).values_list("slug", flat=True))
    made = {}
    for article in ARTICLES:
        if article.slug not in standing:
            page = ArticlePage(**_facts(article), owner=by, live=False)
            index.add_child(instance=page)
            made[article.slug] = page
    everything = {page.slug: page for page in ArticlePage.objects.child_of(index)}
    for article in ARTICLES:
        if article.slug in made:
            _publish(made[article.slug], article, everything, by)
    return list(made.values())


def _facts(article: Article) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        "introduction": article.introduction,
        "kind": article.kind,
        "review_on": clock.today() + timedelta(days=article.review_in),
    }


def _publish(page: ArticlePage, article: Article, everything: dict[str, ArticlePage], by: User) -> None:
    links = [{"text": everything[slug].title, "page": everything[slug].pk, "url": ""} for slug in article.see]
    block = page.body.stream_block.child_blocks["links"].to_python({"title": "Lees ook", "links": links})
    raw = page.body.stream_block.to_python([{"type": kind, "value": value} for kind, value in article.body])
    page.body = [*((child.block_type, child.value) for child in raw), ("links", block)]
    page.themes = list(Theme.objects.filter(slug__in=article.themes))
    page.sources = [
        ArticleSource(title=title, url=url, sort_order=place) for place, (title, url) in enumerate(article.sources)
    ]
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
