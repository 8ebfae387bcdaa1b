"""Hands everything that Wagtail saves or deletes to the site search, and lets ``update_index`` fill it again.

Wagtail already tells every search backend what changed. This one stores words and answers nothing: public searches go
through ``academy.knowledge.search``; the CMS keeps its own backend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from modelsearch.backends.base import BaseIndex, BaseSearchBackend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model


class SiteIndex(BaseIndex):
    """The tables of the site search."""

    def __str__(self) -> str:
        return "zoeken"

    def reset(self) -> None:
        from academy.knowledge.domain import indexing  # noqa: PLC0415 -- Wagtail imports backends before models

        indexing.empty()

    def add_items(self, _model: type[Model], items: Iterable[Model]) -> None:
        from academy.knowledge.domain import indexing  # noqa: PLC0415 -- see above

        for item in items:
            if _can_be_found(item):
                indexing.index(thing=item)

    def delete_item(self, item: Model) -> None:
        from academy.knowledge.domain import indexing  # noqa: PLC0415 -- see above

        if _can_be_found(item):
            indexing.forget(thing=item)


class Rebuilder:
    """Empties the index before ``update_index`` fills it."""

    def __init__(self, index: SiteIndex) -> None:
        self.index = index

    def start(self) -> SiteIndex:
        self.index.reset()
        return self.index

    def finish(self) -> None:
        """Nothing waits."""


class SearchBackend(BaseSearchBackend):
    index_class = SiteIndex
    rebuilder_class = Rebuilder

    def __init__(self, params: dict[str, Any]) -> None:
        """Has no options."""
        super().__init__(params)


def _can_be_found(item: Model) -> bool:
    from academy.knowledge.models import Term  # noqa: PLC0415 -- see above
    from academy.pages.models import BasePage  # noqa: PLC0415 -- see above

    return isinstance(item, (BasePage, Term))
