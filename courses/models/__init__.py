"""The tables of courses."""

from courses.models.course import CoursePage, CourseSource
from courses.models.external import ExternalOfferPage
from courses.models.run import Run

__all__ = ["CoursePage", "CourseSource", "ExternalOfferPage", "Run"]
