"""Lessons and questions as the demo writes them down, turned into the blocks that a course holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Question:
    """``right`` are all the good answers, ``wrong`` the others."""

    text: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    explanation: str = ""


@dataclass(frozen=True)
class Lesson:
    title: str
    minutes: int
    text: str
    questions: tuple[Question, ...] = ()


def teaching(lessons: tuple[Lesson, ...]) -> list[dict[str, Any]]:
    """The value of ``CoursePage.teaching``."""
    return [
        {
            "type": "lesson",
            "value": {
                "title": lesson.title,
                "minutes": lesson.minutes,
                "body": [{"type": "text", "value": lesson.text}],
                "questions": [_question(number, question) for number, question in enumerate(lesson.questions)],
            },
        }
        for lesson in lessons
    ]


def _question(number: int, question: Question) -> dict[str, Any]:
    """The good answers do not always stand first: every other question begins with the wrong ones."""
    right = [{"text": text, "is_right": True} for text in question.right]
    wrong = [{"text": text, "is_right": False} for text in question.wrong]
    return {
        "text": question.text,
        "is_multiple": len(right) > 1,
        "answers": wrong + right if number % 2 else right + wrong,
        "explanation": question.explanation,
    }
