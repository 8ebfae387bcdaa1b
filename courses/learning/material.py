"""Lessons and questions as values, read from the blocks of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.blocks import StreamValue


@dataclass(frozen=True, slots=True)
class Answer:
    id: str
    text: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """``lesson`` is the lesson to read again after a wrong answer; None for a question without one."""

    id: str
    text: str
    is_multiple: bool
    answers: tuple[Answer, ...]
    explanation: str
    lesson: Lesson | None

    @property
    def right(self) -> frozenset[str]:
        return frozenset(answer.id for answer in self.answers if answer.is_right)


@dataclass(frozen=True, slots=True)
class Lesson:
    """``number`` counts from 1 and stands in the address; ``id`` stays when lessons are moved."""

    id: str
    number: int
    title: str
    minutes: int
    body: Any


@dataclass(frozen=True, slots=True)
class Material:
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    def lesson(self, number: int) -> Lesson | None:
        return self.lessons[number - 1] if 1 <= number <= len(self.lessons) else None


def read_material(stream: StreamValue) -> Material:
    """What is taught in ``stream``, in its order."""
    lessons: list[Lesson] = []
    questions: list[Question] = []
    for block in stream:
        about = None
        if block.block_type == "lesson":
            value = block.value
            about = Lesson(block.id, len(lessons) + 1, value["title"], value["minutes"], value["body"])
            lessons.append(about)
        questions.extend(_questions(block, about))
    return Material(tuple(lessons), tuple(questions))


def _questions(block: Any, about: Lesson | None) -> Iterator[Question]:
    for child in block.value["questions"].bound_blocks:
        value = child.value
        answers = tuple(
            Answer(one.id, one.value["text"], bool(one.value["is_right"])) for one in value["answers"].bound_blocks
        )
        yield Question(child.id, value["text"], bool(value["is_multiple"]), answers, value["explanation"] or "", about)
