"""What every test may use: small documents in two lines, and where the shared data lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import ingest.pdf
import rodtrad.reading
from corpus.models import (
    Addressee,
    Block,
    Box,
    Document,
    Line,
    Page,
    Reading,
    Recommendation,
    Section,
)

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared (seeds, gold and real documents) is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def sample() -> Path:
    return ROOT / "corpus" / "sample"


@pytest.fixture(autouse=True)
def mistakes_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a mistake in our own code fail the test that meets it, not only cost a page.

    What processes of a build meet is a row of kind ``bug``, which tests of builds look for.
    """

    def again(error: Exception) -> str:
        raise error

    for module in (ingest.pdf, rodtrad.reading):
        monkeypatch.setattr(module, "mistake", again)


def make_document(*texts: tuple[str, str] | str, id: str = "plan", **facts: object) -> Document:
    """Return a document of one page; each text is a paragraph, or ``(kind, text)``.

    A heading may begin with its number; everything after it is in its section.
    """
    blocks: list[Block] = []
    sections: list[Section] = []
    for position, item in enumerate(texts):
        kind, text = ("paragraph", item) if isinstance(item, str) else item
        number = None
        if kind == "heading":
            head, _, rest = text.partition(" ")
            if head[0].isdigit():
                number, text = head.rstrip("."), rest
            level = number.count(".") + 1 if number else 1
            sections.append(Section(f"{id}-s{position}", text, level, 1, position, number))
        section = sections[-1].id if sections else None
        top = 50.0 + 20 * position
        line = Line(0, len(text), Box(1, 50.0, top, 500.0, top + 12))
        blocks.append(
            Block(
                f"{id}-b{position}", kind, text, 1, position, section, number=number, lines=(line,)
            )
        )
    page = Page(1, 595.0, 842.0, "\n".join(block.text for block in blocks))
    known = {"title": "En plan", "doctype": "strategy", "language": "sv", **facts}
    return Document(
        id=id,
        sha256="0" * 64,
        source=f"{id}.pdf",
        pages=(page,),
        sections=tuple(sections),
        blocks=tuple(blocks),
        **known,
    )


def make_reading(document: Document, *recommendations: Recommendation, **rest: tuple) -> Reading:
    return Reading(document, recommendations, **rest)


def make_recommendation(
    text: str, *, id: str = "", document: str = "plan", to: tuple[str, ...] = (), **rest: object
) -> Recommendation:
    known = {"kind": "measure", "position": 0, "title": text[:40], "page": 1, **rest}
    addressees = tuple(Addressee(name) for name in to)
    return Recommendation(id=id, document=document, text=text, addressees=addressees, **known)


@pytest.fixture
def document() -> Callable[..., Document]:
    return make_document


@pytest.fixture
def reading() -> Callable[..., Reading]:
    return make_reading


@pytest.fixture
def recommendation() -> Callable[..., Recommendation]:
    return make_recommendation
