"""Finds in a text what leads to a person: numbers, addresses, names, however they are written.

Pure Python without a table or a setting; nothing of a text is kept. Positions are those of the text as it was given,
in characters (code points).
"""

from leertafels.cases.detector.hits import STOP, WARN, Hit

__all__ = ["STOP", "WARN", "Hit", "find"]


def find(text: str) -> list[Hit]:
    """Every hit in ``text``, in order. The words of Dutch are read at the first text: most processes never see one."""
    from leertafels.cases.detector import finding  # noqa: PLC0415 -- see above

    return finding.find(text)
