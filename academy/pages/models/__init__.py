"""The tables of pages."""

from academy.pages.models.base import BasePage, BodyPage
from academy.pages.models.home import HomePage, StandardPage
from academy.pages.models.media import SiteDocument, SiteImage, SiteRendition
from academy.pages.models.review import ReviewTask
from academy.pages.models.settings import SiteSettings

__all__ = [
    "BasePage",
    "BodyPage",
    "HomePage",
    "ReviewTask",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "StandardPage",
]
