"""The tables of learning."""

from courses.learning.models.progress import Attempt, ExtraAttempt, LessonDone
from courses.learning.models.teaching import Teaching

__all__ = ["Attempt", "ExtraAttempt", "LessonDone", "Teaching"]
