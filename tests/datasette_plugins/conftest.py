"""A small database made by the store, with real PDFs, a text file, links and decisions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.models import (
    Actor,
    Addressee,
    Block,
    Box,
    Citation,
    Document,
    Evidence,
    Fact,
    Line,
    Link,
    Page,
    Problem,
    Reading,
    Recommendation,
    Section,
    Variant,
)
from corpus.store import Store, StoredFile

SCRIPT = "<script>alert('åtgärd')</script> \"citat\" & {{ 7*7 }}"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN, LEADING = 595.0, 842.0, 72.0, 20.0

PLAN = [
    ["Nationell plan mot översvämning", "Kommunerna bör kartlägga alla lågt liggande skolor."],
    ["1.1 Åtgärder", "Regionen ska ta fram en karta över utsatta vägar", "senast 2026."],
    ["English summary"],
]
REVIEW = [
    ["Granskning av beredskapen", "Utveckla kartläggningen av skolor som kan översvämmas."],
    ["Att kartlägga vägarna pågår, med undantag för enskilda vägar."],
]
ANSWER = "Yttrande\n\nNämnden tillstyrker för-\nslaget i avsnitt 1.1.\n" + SCRIPT


@dataclass(frozen=True)
class Made:
    """Where the database lies, and its PDF."""

    database: Path
    plan: Path
    answer: Path


def pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF with lines of 12 points Helvetica from the top margin down."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    font = len(objects) + 1
    objects.append(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    for lines in pages:
        drawn = "".join(
            f"BT /F1 12 Tf {MARGIN} {PAGE_HEIGHT - MARGIN - LEADING * number} Td ({line}) Tj ET\n"
            for number, line in enumerate(lines)
        )
        length = len(drawn.encode("cp1252"))
        objects.append(f"<< /Length {length} >>\nstream\n{drawn}endstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
            f" /Contents {len(objects)} 0 R /Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + end.encode("cp1252")


def box(page: int, line: int, text: str) -> Box:
    """Return about where ``pdf`` sets a line."""
    baseline = MARGIN + LEADING * line
    return Box(page, MARGIN, baseline - 11, MARGIN + 5.8 * len(text), baseline + 3)


def blocks(document: str, pages: list[list[str]]) -> tuple[Block, ...]:
    """Return each line as a block of its own, the first of a page as a heading."""
    return tuple(
        Block(
            f"{document}-b{page}-{line}",
            "heading" if line == 0 else "paragraph",
            text,
            page,
            10 * page + line,
            lines=(Line(0, len(text), box(page, line, text)),),
        )
        for page, lines in enumerate(pages, 1)
        for line, text in enumerate(lines)
    )


def hostile_block() -> Block:
    """Return a block whose text looks like markup, on the plan's last page."""
    line = Line(0, len(SCRIPT), box(3, 3, SCRIPT))
    return Block("plan-x", "paragraph", SCRIPT, 3, 99, lines=(line,))


def reading(
    document: Document, recommendations: tuple[Recommendation, ...], actors: tuple[Actor, ...]
) -> Reading:
    """Return a reading with one citation where there is a block for it."""
    citations = tuple(
        Citation(block.id, block.page, "SFS 2003:778", "sfs", "SFS 2003:778")
        for block in document.blocks[:1]
    )
    return Reading(document, recommendations, citations, actors)


def plan_reading(sha256: str) -> Reading:
    """Return the plan: two measures, one of them over two lines and with a variant."""
    second = "Regionen ska ta fram en karta över utsatta vägar senast 2026."
    return reading(
        Document(
            "plan",
            "Nationell plan mot översvämning",
            "strategy",
            "sv",
            sha256,
            "plan.pdf",
            pages=tuple(
                Page(number, PAGE_WIDTH, PAGE_HEIGHT, "\n".join(lines))
                for number, lines in enumerate(PLAN, 1)
            ),
            sections=(
                Section("plan-s1", "Planen", 1, 1, 1, number="1"),
                Section("plan-s2", "Åtgärder", 2, 2, 2, number="1.1", parent="plan-s1"),
            ),
            blocks=(*blocks("plan", PLAN), hostile_block()),
            sender="vattenverket",
            date="2024-03-27",
            dnr="VV 2024/7",
            facts={
                "title": Fact("x", "page 1"),
                "date": Fact("2024-03-27", "page 2", 0.95),
                "dnr": Fact("VV 2024/7", "page 1", 0.6),
                "doctype": Fact("strategy", "corpus.yml"),
            },
        ),
        (
            Recommendation(
                "plan-skolor",
                "plan",
                "measure",
                1,
                "Kartlägg lågt liggande skolor",
                PLAN[0][1],
                1,
                boxes=(box(1, 1, PLAN[0][1]),),
                level="local",
                actor="vattenverket",
                addressees=(Addressee("Kommunerna"),),
                confidence=0.9,
            ),
            Recommendation(
                "plan-vagar",
                "plan",
                "measure",
                2,
                "Karta över utsatta vägar",
                second,
                2,
                boxes=(box(2, 1, PLAN[1][1]), box(2, 2, PLAN[1][2])),
                actor="vattenverket",
                body="Kartan tas fram tillsammans med väghållarna.",
                body_section="plan-s2",
                addressees=(Addressee("Regionen", "regionen"),),
                variants=(Variant(PLAN[0][0], "summary", 1, (box(1, 0, PLAN[0][0]),)),),
            ),
        ),
        (
            Actor("vattenverket", "Vattenverket", "agency", aliases=("VV",)),
            Actor("regionen", "Region Söderhav", "region"),
        ),
    )


def review_reading(sha256: str) -> Reading:
    """Return the audit, whose recommendation speaks of the same matter as the plan's."""
    return reading(
        Document(
            "granskning",
            "Granskning av beredskapen",
            "audit",
            "sv",
            sha256,
            "granskning.pdf",
            pages=tuple(
                Page(number, PAGE_WIDTH, PAGE_HEIGHT, "\n".join(lines))
                for number, lines in enumerate(REVIEW, 1)
            ),
            blocks=blocks("granskning", REVIEW),
            sender="revisorerna",
            date="2025-11-02",
        ),
        (
            Recommendation(
                "granskning-skolor",
                "granskning",
                "recommendation",
                1,
                "Utveckla kartläggningen av skolor",
                REVIEW[0][1],
                1,
                boxes=(box(1, 1, REVIEW[0][1]),),
                actor="revisorerna",
                addressees=(Addressee("kommunstyrelsen"), Addressee("skolnämnden")),
            ),
        ),
        (Actor("revisorerna", "Revisorerna i Näsvik", "association"),),
    )


def answer_reading(sha256: str) -> Reading:
    """Return the response, a text file whose title and text hold what looks like markup."""
    text = "Nämnden tillstyrker förslaget i avsnitt 1.1."
    return reading(
        Document(
            "svar",
            f"Yttrande {SCRIPT}",
            "response",
            "sv",
            sha256,
            "svar <b>.txt",
            pages=(Page(1, 0.0, 0.0, ANSWER),),
            blocks=(
                Block("svar-b1", "paragraph", text, 1, 1),
                Block("svar-b2", "paragraph", SCRIPT, 1, 2),
            ),
            sender="namnden",
        ),
        (
            Recommendation(
                "svar-tillstyrker",
                "svar",
                "position",
                1,
                f"Tillstyrker {SCRIPT}",
                text,
                1,
                stance="support",
                target_section="1.1",
                actor="namnden",
            ),
        ),
        (Actor("namnden", "Tekniska nämnden i Näsvik", "committee"),),
    )


def fill(folder: Path, database: Path) -> Made:
    """Write the files and the database."""
    readings = {}
    for name, content, make in (
        ("plan.pdf", pdf(PLAN), plan_reading),
        ("granskning.pdf", pdf(REVIEW), review_reading),
        ("svar <b>.txt", ANSWER.encode(), answer_reading),
    ):
        path = folder / name
        path.write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        readings[path] = (make(sha256), sha256)
    store = Store(database)
    run = store.start_run("build", {}, {})
    for path, (made, sha256) in readings.items():
        document = made.document.id
        store.write_reading(made, StoredFile(document, str(path), sha256, "f"), run)
    store.write_answers({"svar": "plan"}, {})
    store.write_links(
        [
            Link("granskning-skolor", "plan-skolor", "same", 0.87, 1, "kartlägga, skolor"),
            Link("granskning-skolor", "plan-vagar", "near", 0.06, 2, "Gemensamma ord: kartlägga."),
        ],
        [
            Evidence("plan-skolor", "granskning-b1-1", 0.7, "supports", "skolor"),
            Evidence("plan-vagar", "granskning-b2-0", 0.6, "partly", f"vägar {SCRIPT}"),
        ],
        run=run,
        state="s",
    )
    store.replace_problems(["trasig.pdf"], [Problem("trasig.pdf", "broken", "Filen är trasig.")])
    store.finish_run(run, documents_read=3, problems=1)
    decide(store)
    store.close()
    return Made(database, folder / "plan.pdf", folder / "svar <b>.txt")


def decide(store: Store) -> None:
    """Record a review and a status event, and withdraw nothing."""
    store.db["status_events"].insert(
        {
            "id": "e1",
            "recommendation": "plan-vagar",
            "addressee": "regionen",
            "aspect": "implementation",
            "status": "partly",
            "date": "2026-01-15",
            "source_document": "granskning",
            "source_page": 2,
            "quote": "Att kartlägga vägarna pågår",
            "by": "Bo Ek",
            "at": "2026-02-01T10:00:00+00:00",
        }
    )
    store.db["reviews"].insert(
        {
            "id": "v1",
            "subject": "recommendation",
            "subject_id": "plan-skolor",
            "verdict": "accepted",
            "by": "Kim Lind",
            "at": "2026-02-02T10:00:00+00:00",
        }
    )


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The database and its files, to be read only."""
    folder = tmp_path_factory.mktemp("site")
    return fill(folder, folder / "näsvik.db")


@pytest.fixture
def site(made, tmp_path):
    """The site over that database, with pictures in a folder of its own."""
    from datasette_plugins.site import make_site

    datasette = make_site(made.database, picture_cache=tmp_path / "bilder")
    yield datasette
    for database in datasette.databases.values():
        database.close()


@pytest.fixture
def get(site):
    """Asks the site for a page: ``await get("/")``."""
    return site.client.get


@pytest.fixture(scope="session", name="fill")
def fill_fixture():
    """Makes a database of one's own: ``fill(folder, database)``."""
    return fill
