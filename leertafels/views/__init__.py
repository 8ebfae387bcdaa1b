"""The screens of leertafels: finding one, its page, and signing its agreements."""

from leertafels.views.reading import table_page, tables_page
from leertafels.views.signing import sign_page

__all__ = ["sign_page", "table_page", "tables_page"]
