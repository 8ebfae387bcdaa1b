"""The tables of the knowledge base."""

from academy.knowledge.models.article import ArticleIndexPage, ArticlePage, ArticleSource
from academy.knowledge.models.group import ChosenArticle, GroupIndexPage, GroupPage
from academy.knowledge.models.search import SearchEntry, SearchPosting, SearchWord
from academy.knowledge.models.term import Term
from academy.knowledge.models.theme import Theme

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleSource",
    "ChosenArticle",
    "GroupIndexPage",
    "GroupPage",
    "SearchEntry",
    "SearchPosting",
    "SearchWord",
    "Term",
    "Theme",
]
