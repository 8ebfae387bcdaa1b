"""Glossary, landing pages and best practice of the demo."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from academy.common import clock
from academy.knowledge.domain.glossary import publish_term
from academy.knowledge.domain.section import keep_groups
from academy.knowledge.groups import GROUPS
from academy.knowledge.models import ArticlePage, ChosenArticle, GroupPage, Theme
from academy.portal.demo.expertise_texts import GROUP_PAGES, TERMS

if TYPE_CHECKING:
    from academy.pages.models import BasePage
    from academy.portal.demo import Demo
    from academy.portal.demo.expertise_texts import GroupText

# This article waits on the desk of the editors.
DUE = "skj-punten"


def load_expertise(demo: Demo) -> None:
    """Terms and a page for every group; the articles, one of them a best practice, stand already."""
    with demo.days_ago(60):
        for term in TERMS:
            publish_term(entry=term, review_on=clock.today() + timedelta(days=365), by=demo.people["redactie"])
        articles = {page.slug: page for page in ArticlePage.objects.all()}
        themes = {theme.slug: theme for theme in Theme.objects.all()}
        above = keep_groups()
        for text in GROUP_PAGES:
            page = _group_page(demo, text)
            above.add_child(instance=page)
            page.themes = [themes[slug] for slug in text.themes]
            page.chosen = [
                ChosenArticle(article=articles[slug], sort_order=place) for place, slug in enumerate(text.articles)
            ]
            _publish(page, demo)
        article = articles[DUE]
        article.review_on = demo.now.astimezone(clock.AMSTERDAM).date() - timedelta(days=6)
        _publish(article, demo)


def _group_page(demo: Demo, text: GroupText) -> GroupPage:
    return GroupPage(
        slug=text.group,
        group=text.group,
        title=GROUPS[text.group].title,
        introduction=text.introduction,
        shows_moments=text.shows_moments,
        body=[("text", text.text)],
        review_on=clock.today() + timedelta(days=365),
        owner=demo.people["redactie"],
        live=False,
    )


def _publish(page: BasePage, demo: Demo) -> None:
    page.save_revision(user=demo.people["marjan"]).publish(user=demo.people["redactie"], skip_permission_checks=True)
