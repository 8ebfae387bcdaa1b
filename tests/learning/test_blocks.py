"""What an editor may hand in as a question, and how questions are read."""

import pytest
from wagtail.blocks import StreamValue, StructBlockValidationError

from courses.learning.blocks import QuestionBlock, TeachingBlock
from courses.learning.material import read_material
from courses.models import CoursePage
from tests.courses.factories import lesson, loose, make_course, question


def clean(*answers, multiple=False):
    block = QuestionBlock()
    value = question("v", *answers, multiple=multiple)["value"]
    return block.clean(block.to_python(value))


@pytest.mark.parametrize(
    ("answers", "multiple"),
    [([("a", True), ("b", False)], False), ([("a", True), ("b", True)], True), ([("a", True), ("b", False)], True)],
)
def test_question_with_a_right_answer(answers, multiple):
    assert clean(*answers, multiple=multiple)["text"] == "Vraag v?"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([("a", False), ("b", False)], "Wijs een goed antwoord aan."),
        ([("a", True), ("b", True)], "Er zijn meer goede antwoorden"),
    ],
)
def test_question_that_nobody_can_pass_is_refused(answers, message):
    with pytest.raises(StructBlockValidationError) as refused:
        clean(*answers)
    assert message in str(refused.value.block_errors["text"])


def test_draft_of_a_question_may_be_unfinished():
    block = QuestionBlock()
    value = block.to_python(question("v", ("a", False), ("b", False))["value"])
    assert block.clean_deferred(value)["text"] == "Vraag v?"


def material(*rows):
    return read_material(StreamValue(TeachingBlock(), list(rows), is_lazy=True))


def test_material_keeps_its_order_and_numbers():
    found = material(loose("x", question("v0", ("a", True), ("b", False))), lesson("l1", minutes=10), lesson("l2"))
    assert [(one.id, one.number) for one in found.lessons] == [("l1", 1), ("l2", 2)]
    assert (found.minutes, found.questions[0].lesson, found.lesson(3), found.lesson(0)) == (40, None, None, None)


@pytest.mark.django_db
def test_what_was_loaded_without_ids_keeps_the_ids_it_got():
    """Answers name the ids of questions, so these may not be made up anew at each reading."""
    rows = [{"text": "a", "is_right": True}, {"text": "b", "is_right": False}]
    value = {"text": "Vraag", "is_multiple": False, "answers": rows, "explanation": ""}
    course = make_course(teaching=[{"type": "questions", "value": {"questions": [value]}}])
    course.save_revision().publish()
    one, again = (CoursePage.objects.get(pk=course.pk).material.questions for _ in range(2))
    assert one == again
    assert one[0].right == {one[0].answers[0].id}
