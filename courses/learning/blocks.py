"""The blocks that lessons and tests are made of. A question stands with the lesson that it is about.

That way the result of a test can say which lesson to read again, and a lesson that goes takes its questions along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from academy.pages.blocks import BodyBlock

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue

LEAST_ANSWERS, MOST_ANSWERS = 2, 8


class AnswerBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("antwoord"), max_length=300)
    is_right = blocks.BooleanBlock(label=_("dit is goed"), required=False)

    class Meta:
        label = _("antwoord")


class QuestionBlock(blocks.StructBlock):
    """A question with one right answer, or with several that must all be ticked and no other."""

    text = blocks.TextBlock(label=_("vraag"), max_length=600, rows=2)
    is_multiple = blocks.BooleanBlock(label=_("meer antwoorden zijn goed"), required=False)
    answers = blocks.ListBlock(AnswerBlock(), label=_("antwoorden"), min_num=LEAST_ANSWERS, max_num=MOST_ANSWERS)
    explanation = blocks.TextBlock(
        label=_("uitleg"), max_length=600, rows=2, required=False, help_text=_("Staat bij de uitslag van wie slaagt.")
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Without a right answer nobody can pass. A draft may be unfinished."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        right = sum(bool(answer["is_right"]) for answer in cleaned["answers"])
        if not right:
            problem = _("Wijs een goed antwoord aan.")
        elif right > 1 and not cleaned["is_multiple"]:
            problem = _("Er zijn meer goede antwoorden; vink dan aan dat er meer goed zijn, of laat er een goed zijn.")
        else:
            return cleaned
        raise blocks.StructBlockValidationError({"text": ValidationError(problem)})

    class Meta:
        label = _("vraag")
        icon = "help"


class LessonBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("titel van de les"), max_length=120)
    minutes = blocks.IntegerBlock(label=_("duur in minuten"), min_value=1, max_value=600)
    body = BodyBlock(label=_("inhoud"))
    questions = blocks.ListBlock(QuestionBlock(), label=_("toetsvragen bij deze les"), default=[])

    class Meta:
        label = _("les")
        icon = "doc-full"


class LooseQuestionsBlock(blocks.StructBlock):
    """Questions about what was done together and not in a lesson."""

    questions = blocks.ListBlock(QuestionBlock(), label=_("vragen"), min_num=1)

    class Meta:
        label = _("toetsvragen zonder les")
        icon = "help"


class TeachingBlock(blocks.StreamBlock):
    lesson = LessonBlock()
    questions = LooseQuestionsBlock()

    def get_prep_value(self, value: StreamValue) -> list[dict[str, Any]]:
        """Store every question and answer with its id, also of text that was loaded without: answers name those ids."""
        for child in value:
            child.value  # noqa: B018 -- reading a child is what gives its parts their ids
        prepared: list[dict[str, Any]] = super().get_prep_value(value)
        return prepared
