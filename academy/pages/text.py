"""Words of a text and their Dutch stems; the same for every database."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.blocks import StreamValue

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^<>]*>")
# Values of these names are no words that a reader sees.
_NOT_READ = {"id", "type", "url", "page", "image", "document", "level", "kind", "style"}
_LONGEST_WORD = 60


# Words that stand in every text and tell nothing about it.
STOPWORDS = frozenset((Path(__file__).parent / "data" / "stopwords.txt").read_text().split())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The Dutch stem of one word, without accents: "Gesprekken" and "gesprek" are the same."""
    import snowballstemmer  # noqa: PLC0415 -- brings every language along; a worker hardly ever looks for a word

    bare = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return str(snowballstemmer.stemmer("dutch").stemWord(bare))


def is_telling(word: str) -> bool:
    """Whether a text can be found by ``word``."""
    return word.casefold() not in STOPWORDS


def each_word(text: str) -> Iterator[re.Match[str]]:
    """The words of ``text`` with where they stand."""
    return _WORD.finditer(text)


def words(text: str) -> list[str]:
    """The words of ``text``; what is longer than any Dutch word is cut off."""
    return [word[:_LONGEST_WORD] for word in _WORD.findall(text)]


def stream_text(stream: StreamValue) -> str:
    """What stands in a row of blocks, without mark-up and without a query; links to others are left out."""
    return " ".join(_strings([block for block in stream.raw_data if block["type"] != "links"]))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield unescape(_TAG.sub(" ", value))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in _NOT_READ:
                yield from _strings(item)
