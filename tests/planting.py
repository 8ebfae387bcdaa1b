"""A page in the tree as one that was published long ago: its rows, and nothing that saving does beside them.

Checks, search index, references and log cost forty times the row, and most tests only need the page to be there.
A test about any of those saves the page itself (``tests.gatherings.factories.make_offering`` does).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import F
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page

if TYPE_CHECKING:
    from django.db import models

P = TypeVar("P", bound=Page)


def plant(parent: Page, page: P) -> P:
    """Put ``page`` below ``parent``, after its other children."""
    last = parent.get_last_child()
    page.depth = parent.depth + 1
    page.path = last._inc_path() if last else Page._get_path(parent.path, page.depth, 1)
    page.locale, page.draft_title = parent.locale, page.title
    page.minimal_clean()  # fills what a model fills by itself
    page.set_url_path(parent)
    for model in (*reversed(page._meta.get_parent_list()), type(page)):
        _insert(model, page)
    page._state.adding = False
    for relation in get_all_child_relations(page):
        getattr(page, relation.get_accessor_name()).commit()
    for field in get_all_child_m2m_relations(page):
        getattr(page, field.name).commit()
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)
    parent.refresh_from_db(fields=["numchild"])
    return page


def _insert(model: type[models.Model], page: Page) -> None:
    """The row of one table of those that make up the page."""
    key = model._meta.pk
    fields = list(model._meta.local_concrete_fields)
    if key.remote_field:
        setattr(page, key.attname, page.id)  # the same key as the row above it
        model._base_manager._insert([page], fields=fields, using="default")
    else:
        fields.remove(key)
        ((page.id,),) = model._base_manager._insert([page], fields=fields, returning_fields=[key], using="default")
