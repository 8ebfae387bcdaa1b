"""How an article is written down here: plain tuples, made into blocks by the loader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from academy.knowledge.enums import ArticleKind

Block = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Article:
    """``see`` holds the slugs of articles to read on; ``review_in`` counts days from the day of loading."""

    slug: str
    title: str
    introduction: str
    themes: tuple[str, ...]
    body: tuple[Block, ...]
    sources: tuple[tuple[str, str], ...]
    see: tuple[str, ...]
    kind: ArticleKind = ArticleKind.ARTICLE
    review_in: int = 365


def head(text: str) -> Block:
    return ("heading", {"text": text, "level": "2"})


def text(*paragraphs: str) -> Block:
    return ("text", "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))


def points(*lines: str) -> Block:
    return ("text", "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>")


def steps(*rows: tuple[str, str]) -> Block:
    return ("steps", {"steps": [{"title": title, "text": f"<p>{words}</p>"} for title, words in rows]})


def callout(kind: str, title: str, words: str) -> Block:
    return ("callout", {"kind": kind, "title": title, "text": f"<p>{words}</p>"})
