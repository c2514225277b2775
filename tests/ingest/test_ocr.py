"""Invented pages are set, printed as pictures as scanners give them, and recognised."""

from collections import Counter

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

from ingest import read_document
from ingest.tesseract import engine

FOUND = engine()
pytestmark = pytest.mark.skipif(
    FOUND is None or not FOUND.reads_swedish,
    reason="tesseract with Swedish is not installed (tesseract-ocr tesseract-ocr-swe)",
)

LEFT = [
    "Kommunen har under flera år arbetat",
    "med skuggan på torgen, och arbetet",
    "har gett färre sjukhusbesök bland",
    "äldre. Förslaget i rapporten är att",
    "träd planteras längs alla gångstråk.",
    "Det kräver pengar för skötsel och en",
    "ansvarig nämnd. Enligt 5 kap. 3 § ska",
    "planen redovisas varje år i oktober.",
]
RIGHT = [
    "Regionen bör samordna varningarna",
    "så att de når den som bor ensam.",
    "Hemtjänsten får en lista över vilka",
    "som behöver besök när det är varmt.",
    "Skolorna håller gympasalarna öppna,",
    "och biblioteken ställer ut vatten.",
    "Uppföljningen görs av länsstyrelsen",
    "och lämnas till fullmäktige i juni.",
]


@pytest.fixture
def pages(write_pdf, typeset):
    """Return a PDF with one page of two columns, a heading, a subheading and bullets."""

    def column(x, y, lines):
        return typeset(*((x, y + 15 * i, line) for i, line in enumerate(lines)))

    stream = " ".join(
        [
            typeset((72, 80, "Svalka i staden"), size=22, bold=True),
            typeset((72, 120, "Bakgrund"), size=11, bold=True),
            column(72, 140, LEFT),
            column(320, 140, RIGHT),
            typeset((72, 300, "Förslag"), size=11, bold=True),
            column(72, 320, LEFT[:4]),
            column(320, 320, RIGHT[:4]),
            typeset((90, 420, "Nämnden ska inventera kylan."), (78, 420, "•")),
            typeset((90, 440, "Rådet ska granska planen."), (78, 440, "•")),
        ]
    )
    return write_pdf([stream])


@pytest.fixture
def scan(pages, tmp_path):
    """Return a function that prints the page as a scanner would see it."""

    def write(*, dots=200, degrees=0.0, noise=8.0, blur=0.6, paper=241.0, bilevel=False):
        document = pypdfium2.PdfDocument(pages)
        drawn = document[0].render(scale=dots / 72, grayscale=True).to_pil().convert("L")
        document.close()
        turned = drawn.rotate(
            degrees, Image.Resampling.BICUBIC, expand=abs(degrees) > 45, fillcolor=255
        )
        grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(blur)), dtype=float)
        spread = np.random.default_rng(7).normal(0, noise, grey.shape)
        picture = Image.fromarray(
            np.clip(grey * (paper - 12) / 255 + 12 + spread, 0, 255).astype(np.uint8)
        )
        path = tmp_path / "skannad.pdf"
        (picture.convert("1") if bilevel else picture).save(path, "PDF", resolution=dots)
        return path

    return write


def words(lines):
    return " ".join(lines).split()


def read_words(document):
    texts = (block.text for block in document.blocks)
    return [word for text in texts for word in text.split() if any(map(str.isalnum, word))]


ITEMS = "Nämnden ska inventera kylan. Rådet ska granska planen."
WANTED = words(["Svalka i staden Bakgrund", *LEFT, *RIGHT, "Förslag", *LEFT[:4], *RIGHT[:4], ITEMS])


@pytest.mark.parametrize(
    "way",
    [
        {},
        {"dots": 150, "noise": 14.0},
        {"dots": 110, "blur": 0.3},
        {"degrees": 1.0},
        {"degrees": -3.0},
        {"degrees": 90.0},
        {"degrees": 180.0},
        {"dots": 300, "noise": 30.0},
    ],
    ids=str,
)
def test_a_scanned_page_is_read_with_few_errors(scan, way):
    document = read_document(scan(**way))
    missing = Counter(WANTED) - Counter(read_words(document))
    assert missing.total() < 0.05 * len(WANTED), missing
    assert (document.text_layer, document.problems) == ("ocr", ())
    assert document.pages[0].ocr
    assert document.pages[0].confidence > 0.85


def test_a_scanned_page_is_set_as_a_printed_one(scan, pages):
    document = read_document(scan())
    printed = read_words(read_document(pages))
    assert Levenshtein.distance(printed, read_words(document)) < 0.05 * len(printed)
    assert [block.text for block in document.blocks if block.kind == "heading"] == [
        "Svalka i staden", "Bakgrund", "Förslag",
    ]  # fmt: skip
    assert [block.text for block in document.blocks if block.kind == "list_item"] == [
        "Nämnden ska inventera kylan.", "Rådet ska granska planen.",
    ]  # fmt: skip


def test_boxes_lie_on_the_words_also_of_a_page_askew(scan):
    for degrees in (0.0, -2.0, 90.0):
        document = read_document(scan(degrees=degrees))
        line = next(b for b in document.blocks if b.text.startswith("Kommunen")).lines[0]
        width, height = document.pages[0].width, document.pages[0].height
        x, y = (line.box.x0 + line.box.x1) / 2, (line.box.top + line.box.bottom) / 2
        # Where the middle of the line stands on the level page, turned as the page is.
        level = {0.0: (x, y), -2.0: (x - 0.035 * (height / 2 - y), y), 90.0: (height - y, x)}
        middle = level[degrees]
        expected = (72 + 265) / 2, 136
        if degrees == -2.0:
            expected = expected[0], 136 - 0.035 * (width / 2 - expected[0])
        assert middle == pytest.approx(expected, abs=8), degrees


def test_a_recognised_page_is_the_same_each_time(scan):
    path = scan(dots=150)
    assert read_document(path) == read_document(path)


def test_without_recognition_the_page_is_marked(scan):
    document = read_document(scan(), ocr="never")
    (problem,) = document.problems
    assert (problem.kind, problem.page) == ("no_ocr", 1)
    assert document.pages[0].confidence == 0.0
    assert document.blocks == ()


def test_always_recognises_pages_with_text_too(pages):
    document = read_document(pages, ocr="always")
    assert document.pages[0].confidence > 0.85
    missing = Counter(WANTED) - Counter(read_words(document))
    assert missing.total() < 0.05 * len(WANTED)


def test_pages_with_text_are_left_alone(pages):
    document = read_document(pages)
    assert (document.text_layer, document.pages[0].confidence) == ("native", None)


@pytest.fixture
def over_scan(scan, tmp_path):
    """Return a function that adds a text, visible or not, to the picture of the page."""

    def write(*lines, invisible=False, size=11, **way):
        document = pypdfium2.PdfDocument(scan(**way))
        page = document[0]
        font = pypdfium2.raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
        for index, line in enumerate(lines):
            text = pypdfium2.raw.FPDFPageObj_CreateTextObj(document.raw, font, size)
            encoded = (line + "\0").encode("utf-16-le")
            pypdfium2.raw.FPDFText_SetText(
                text, (pypdfium2.raw.FPDF_WCHAR * (len(encoded) // 2)).from_buffer_copy(encoded)
            )
            if invisible:
                pypdfium2.raw.FPDFTextObj_SetTextRenderMode(text, 3)
            pypdfium2.raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 72, 842 - 600 - 15 * index)
            pypdfium2.raw.FPDFPage_InsertObject(page.raw, text)
        page.gen_content()
        path = tmp_path / "med-text.pdf"
        document.save(path)
        document.close()
        return path

    return write


@pytest.mark.parametrize("way", [{}, {"paper": 215.0, "noise": 24.0}], ids=str)
def test_a_stamp_on_a_scan_does_not_hide_its_text(over_scan, way):
    document = read_document(over_scan("Inkom 2026-01-17 Dnr 12/2026", **way))
    assert document.text_layer == "mixed"
    missing = Counter(WANTED) - Counter(read_words(document))
    assert missing.total() < 0.05 * len(WANTED)
    assert "Inkom 2026-01-17 Dnr 12/2026" in document.pages[0].text


def test_a_text_layer_of_no_words_gives_way_to_the_picture(over_scan):
    garbage = ["k0mmu~en h4r und3r f|era ar ar8etat m3d 5kuggan pa t0rgen"] * 4
    document = read_document(over_scan(*garbage, invisible=True))
    assert document.text_layer == "ocr"
    assert not any("k0mmu~en" in block.text for block in document.blocks)
    missing = Counter(WANTED) - Counter(read_words(document))
    assert missing.total() < 0.05 * len(WANTED)


def test_a_text_layer_that_lies_beside_the_ink_gives_way_to_the_picture(over_scan):
    document = read_document(over_scan(*LEFT, invisible=True))
    missing = Counter(WANTED) - Counter(read_words(document))
    assert missing.total() < 0.05 * len(WANTED)
    assert document.pages[0].confidence is not None
