"""A watermark over a page is no part of its text, and tears no word out of its sentence."""

import hashlib
import math

import pytest

from ingest import read_document
from ingest.pages import PageContent, PageWord, Style
from ingest.proof import PageReader, spells
from ingest.watermarks import without_watermarks

LINES = (
    "Nämnden har under året prövat ett nytt arbetssätt i tre av stadsdelarna, och låtit en",
    "utomstående följa arbetet. Erfarenheterna är goda, men tiden har varit för kort för att",
    "säkra slutsatser ska kunna dras. De som deltog vill gå vidare, och föreslår att försöket",
    "får fortsätta i två år till. Kostnaden ryms i den ram som fullmäktige har beslutat om,",
    "och de lokaler som behövs står tomma på kvällar och helger. Nämnden bör därför utse en",
    "samordnare och redovisa hur försöket har gått när det har pågått i ett år till.",
)
PITCH, LEFT = 15, 72


def text_of(count, top=90):
    """Return the placed lines of paragraphs and the paragraphs themselves."""
    placed = [
        (LEFT, top + (len(LINES) + 0.7) * PITCH * number + PITCH * index, line)
        for number in range(count)
        for index, line in enumerate(LINES)
    ]
    return placed, [" ".join(LINES)] * count


def words(text, size, degrees, *, x=150, y=500, color=0.8):
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return (
        f"q {color} g BT /F2 {size} Tf {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x} {842 - y} Tm "
        f"({text}) Tj ET Q\n"
    )


def shape(points, degrees, *, x, y, scale, close="f"):
    """Return a path through points of a unit square, turned and put on the page."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    placed = [
        (x + scale * (cos * px - sin * py), 842 - y + scale * (sin * px + cos * py))
        for px, py in points
    ]
    first, *rest = [f"{px:.1f} {py:.1f}" for px, py in placed]
    return f"{first} m {' '.join(f'{point} l' for point in rest)} h {close}\n"


K = ((0, 0), (0.2, 0), (0.2, 0.4), (0.6, 0), (0.85, 0), (0.35, 0.5), (0.8, 1), (0.55, 1),
     (0.2, 0.6), (0.2, 1), (0, 1))  # fmt: skip
L = ((0, 0), (0.7, 0), (0.7, 0.2), (0.2, 0.2), (0.2, 1), (0, 1))
ZIGZAG = tuple((at / 40, at % 2 * 0.2 + at / 40) for at in range(41))


def drawn(degrees, close="f"):
    """Return letters drawn one by one along a slope over the page, in grey."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    letters = [
        shape(letter, degrees, x=110 + 85 * at * cos, y=420 - 85 * at * sin, scale=80, close=close)
        for at, letter in enumerate((K, L, K, L))
    ]
    return f"q 0.8 g 0.8 G {''.join(letters)} Q\n"


PICTURE = "q 200 0 0 200 200 400 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xcc EI Q\n"
WHOLE = shape((*ZIGZAG, *ZIGZAG[::-1]), 0, x=60, y=560, scale=480)

WATERMARKS = {
    "letters drawn aslant": drawn(45),
    "letters drawn level": drawn(0),
    "outlines of letters": drawn(60, close="S"),
    "one shape over the text": f"q 0.8 g {WHOLE} Q\n",
    "aslant": words("UTKAST", 90, 45),
    "level": words("UTKAST", 90, 0, x=110, y=300),
    "level, in small letters": words("Arbetsmaterial", 40, 0, y=300),
    "two words": words("EJ BESLUTAD", 50, 0, x=110, y=300),
    "upright": words("KOPIA", 90, 90, x=300, y=480),
    "nearly level": words("KOPIA", 90, 6, x=150, y=300),
    "a picture": PICTURE,
}


@pytest.mark.parametrize("under", [True, False])
@pytest.mark.parametrize("name", WATERMARKS)
def test_text_under_a_watermark_is_read_and_proved(write_pdf, typeset, name, under):
    lines, paragraphs = text_of(5)
    text, mark = typeset(*lines, size=11), WATERMARKS[name]
    path = write_pdf([mark + text if under else text + mark])
    blocks = read_document(path).blocks
    assert [(block.kind, block.text) for block in blocks] == [("paragraph", p) for p in paragraphs]
    with PageReader(path, hashlib.sha256(path.read_bytes()).hexdigest()) as pdf:
        assert all(spells(pdf, [line.box for line in b.lines], b.text) for b in blocks)


def test_a_watermark_on_a_page_with_little_text_is_known_from_the_others(write_pdf, typeset):
    mark = words("UTKAST", 90, 0, x=110, y=500)
    full, short = typeset(*text_of(5)[0]), typeset(*text_of(1)[0])
    blocks = read_document(write_pdf([mark + full, mark + short])).blocks
    assert "UTKAST" not in {block.text for block in blocks}
    alone = read_document(write_pdf([mark + short], name="ensam.pdf")).blocks
    assert "UTKAST" in {block.text for block in alone}


def test_a_tinted_box_between_paragraphs_stays_a_box(write_pdf, typeset):
    lines, _paragraphs = text_of(3)
    tint = "q 0.9 1 0.9 rg 60 570 470 94 re f Q\n"
    kinds = [b.kind for b in read_document(write_pdf([tint + typeset(*lines)])).blocks]
    assert kinds == ["paragraph", "aside", "paragraph"]


def test_large_words_beside_the_text_are_no_watermark():
    body, large = Style("Serif", 10.0), Style("Serif", 40.0)
    text = tuple(PageWord(f"ord{at}", 100 + 30 * at, 125 + 30 * at, 200, body) for at in range(9))
    number = PageWord("85", 100, 160, 180, large)
    page = PageContent(1, 595, 842, words=(number, *text))
    assert without_watermarks(page) is page
    across = number._replace(x1=300, base=215)
    over = PageContent(1, 595, 842, words=(across, *text, *(w._replace(base=212) for w in text)))
    assert without_watermarks(over).watermarks == (across,)
