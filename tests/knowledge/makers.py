"""Objects of the knowledge base for the permission walk."""

from __future__ import annotations

from tests.pages.making import make_article
from tests.permissions.makers import Try, maker


@maker
def article(world, person, cell, inside):
    return Try({"slug": make_article("Een artikel").slug})
