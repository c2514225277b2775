"""Damaged PDFs by seed: what cut files, broken generators and malicious people make.

``mutant(seed)`` gives the same bytes for the same seed and files. Half of the damage is done to
objects and the operators of pages, which are then written as a whole file, half to its bytes.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Sequence

WORDS = (
    "Näckö kommun tillstyrker förslaget om nya badplatser. Regionen ska utreda fler hållplatser."
    " Kommunen bör ta fram en plan. Vi avstyrker förslaget i avsnitt 4.2 och begär en konsekvens-"
    " analys. Länsstyrelsen rekommenderas att följa upp målen senast 2027."
)
NUMBERS = (
    b"0 -0 1 -1 0.5 -0.001 1e38 -1e38 nan inf 3.4028235e39 99999999999 -99999999999 2147483647"
    b" -2147483648 4294967296 65536 0.0000000001 45 90 -90 450 00000000 1.2.3 --5 +7 . -"
).split()
_NUMBER = re.compile(rb"(?<![\w.#])-?\d+(?:\.\d+)?(?![\w.])")
_REFERENCE = re.compile(rb"\d+ 0 R")
_NAME = re.compile(rb"/[A-Za-z0-9]+")
_KEYWORD = re.compile(
    rb"\b(?:endobj|obj|endstream|stream|xref|trailer|startxref|R|BT|ET|Tj|Do|q|Q)\b"
)
_STREAM = re.compile(
    rb"<<([^>]*?)/Filter\s*/FlateDecode([^>]*?)>>\s*stream\r?\n(.*?)endstream", re.S
)
_BOXES = (
    b"[0 0 0 0]",
    b"[0 0 -595 -842]",
    b"[595 842 0 0]",
    b"[0 0 1e9 1e9]",
    b"[0 0 nan inf]",
    b"[0 0 595]",
    b"[-1000 -1000 -500 -500]",
    b"[0 0 0.001 0.001]",
    b"2 0 R",
    b"[[0 0 595 842]]",
    b"null",
)
_OPERATORS = (
    b"0 0 0 0 72 700 Tm",
    b"1 0 0 0 72 700 Tm",
    b"nan nan nan nan nan nan Tm",
    b"1e20 0 0 1e20 0 0 Tm",
    b"1e-9 0 0 1e-9 72 700 Tm",
    b"-1 0 0 -1 300 400 Tm",
    b"0 1 -1 0 72 400 Tm",
    b"0.7 0.7 -0.7 0.7 72 400 Tm",
    b"0 0 0 0 0 0 cm",
    b"1e9 0 0 1e9 -1e9 1e9 cm",
    b"/F1 0 Tf",
    b"/F1 -11 Tf",
    b"/F1 1e9 Tf",
    b"/F9 11 Tf",
    b"/F1 0.0001 Tf",
    b"0 Tz",
    b"-100 Tz",
    b"1e9 Tc",
    b"-1e9 Tw",
    b"1e9 Ts",
    b"3 Tr",
    b"99 Tr",
    b"ET ET ET",
    b"BT BT BT",
    b"q " * 500,
    b"Q " * 500,
    b"/X Do",
    b"/F1 Do",
    b"0 0 1e9 1e9 re f",
    b"0 0 -5 -5 re S",
    b"nan 0 m 0 nan l S",
    b"[(a) -1e9 (b) 1e9 (c)] TJ",
    b"[" + b"(a) -10 " * 400 + b"] TJ",
    b"(" + b"\\000" * 50 + b") Tj",
    b"<FEFFD800DC00> Tj",
    b"(" + b"x" * 5000 + b") Tj",
    b"BI /W 99999 /H 99999 /CS /G /BPC 8 ID x EI",
    b"BI /W 2 /H 2 /CS /RGB /BPC 8 ID xxxxxxxxxxxx EI",
    b"/Span << /ActualText (\\376\\377\\330\\000) >> BDC",
)
_FONT_ENTRIES = (
    b"/FirstChar 0 /LastChar 255 /Widths [0 0 0]",
    b"/FirstChar -5 /LastChar 99999 /Widths [nan 1e9 -1e9]",
    b"/ToUnicode 9 0 R",
    b"/ToUnicode 3 0 R",
    b"/Encoding << /Differences [0 /a 32 /uniD800 /uni0000 300 /b -4 /c] >>",
    b"/FontDescriptor 3 0 R",
    b"/DescendantFonts [4 0 R]",
    b"/Subtype /Type0 /DescendantFonts [3 0 R] /Encoding /Identity-H",
    b"/Subtype /Type3 /FontMatrix [0 0 0 0 0 0] /CharProcs << /a 6 0 R >>",
    b"/BaseFont /" + b"A" * 300,
)
_CMAPS = (
    b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <00> <FF> <D800> endbfrange",
    b"1 beginbfrange <00> <FF> <0000> endbfrange",
    b"2 beginbfchar <4E> <FFFE> <6B> <0000006100620063> endbfchar",
    b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange",
)
_PAGE_ENTRIES = (
    b"/Rotate 45",
    b"/Rotate -90",
    b"/Rotate 450",
    b"/Rotate 99999999999",
    b"/Rotate /a",
    b"/UserUnit 0",
    b"/UserUnit 1e9",
    b"/CropBox [1000 1000 2000 2000]",
    b"/CropBox [100 100 200 200]",
    b"/CropBox [0 0 0 0]",
    b"/Parent 5 0 R",
    b"/Contents [6 0 R 6 0 R 5 0 R null 99 0 R]",
    b"/Contents 5 0 R",
    b"/Resources 5 0 R",
    b"/Annots [5 0 R 3 0 R 99 0 R]",
    b"/Group << /S /Transparency /CS 5 0 R >>",
)

OF_FILES = 0.03
"""Part of the damaged files that are made of whole documents, which take ten times as long."""

Bodies = list[bytes]


def mutant(seed: int, files: Sequence[bytes] = ()) -> bytes:
    """Return the damaged PDF of a seed, made from an invented one or from one of ``files``."""
    chance = random.Random(seed)
    if files and chance.random() < OF_FILES:
        content = chance.choice(files)
        if chance.random() < 0.5:
            content = unpacked(content)
        return _by_bytes(chance, content)
    bodies = _bodies(chance)
    rounds = chance.choice((0, 1, 1, 1, 2, 3))
    for _ in range(rounds):
        chance.choice(_ON_OBJECTS)(chance, bodies)
    content = _file(chance, bodies)
    return _by_bytes(chance, content) if rounds == 0 or chance.random() < 0.3 else content


def unpacked(content: bytes) -> bytes:
    """Return a PDF with its packed streams unpacked, so that damage reaches what they say."""

    def unpack(match: re.Match[bytes]) -> bytes:
        try:
            plain = zlib.decompress(match[3])
        except zlib.error:
            return match[0]
        entries = re.sub(rb"/Length \d+(?: 0 R)?", b"/Length %d" % len(plain), match[1] + match[2])
        return b"<<%s>>\nstream\n%s\nendstream" % (entries, plain)

    return _STREAM.sub(unpack, content)


# An invented PDF


def _bodies(chance: random.Random) -> Bodies:
    """Return the objects of a small PDF: catalogue, pages, two fonts, pages with a form each."""
    pages = chance.choice((1, 1, 2, 3))
    kids = b" ".join(b"%d 0 R" % (5 + 3 * index) for index in range(pages))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        font % b"Helvetica",
        font % b"Times-Bold",
    ]
    for index in range(pages):
        own = 5 + 3 * index
        bodies += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R"
            b" /F2 4 0 R >> /XObject << /X %d 0 R >> >> /Contents %d 0 R >>" % (own + 2, own + 1),
            _stream(b"", _content(chance)),
            _stream(
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <<"
                b" /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>"
                % chance.choice((own + 2, 99)),
                b"BT /F1 9 Tf 72 90 Td (Se bilaga 2.) Tj ET",
            ),
        ]
    return bodies


def _content(chance: random.Random) -> bytes:
    """Return the operators that set some lines, in one or two columns, and a rule or a form."""
    words = WORDS.split()
    parts = [b"BT /F2 15 Tf 72 760 Td (%d. Inledning) Tj ET" % chance.randint(1, 9)]
    columns = chance.choice(((72,), (72, 310)))
    for left in columns:
        for line in range(chance.randint(2, 9)):
            start = chance.randrange(len(words))
            text = " ".join((words + words)[start : start + 40 // len(columns) // 5])
            place = left, 730 - 14 * line
            parts.append(b"BT /F1 11 Tf %d %d Td (%s) Tj ET" % (*place, text.encode("cp1252")))
    if chance.random() < 0.3:
        parts += [b"72 %d 400 0.5 re f" % y for y in (600, 580, 560)]
    if chance.random() < 0.3:
        parts.append(b"/X Do")
    return b"\n".join(parts)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _file(chance: random.Random, bodies: Bodies) -> bytes:
    """Return the objects as a file, now and then with a table of places that is wrong or gone."""
    result, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    kind = chance.random()
    if kind < 0.1:
        return result
    if kind < 0.2:
        chance.shuffle(offsets)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(bodies) + 1 if kind < 0.95 else chance.choice((0, -1, 2, 10**9))
    start = len(result) if kind < 0.9 else chance.randrange(len(result))
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return result + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


# Damage to objects


def _any(chance: random.Random, bodies: Bodies) -> int:
    return chance.randrange(len(bodies))


def _page(chance: random.Random, bodies: Bodies) -> int:
    return 4 + 3 * chance.randrange((len(bodies) - 4) // 3) if len(bodies) >= 7 else 0


def _replace_one(
    chance: random.Random, body: bytes, pattern: re.Pattern[bytes], new: bytes
) -> bytes:
    found = list(pattern.finditer(body))
    if not found:
        return body
    match = chance.choice(found)
    return body[: match.start()] + new + body[match.end() :]


def _change_number(chance: random.Random, bodies: Bodies) -> None:
    at = _any(chance, bodies)
    bodies[at] = _replace_one(chance, bodies[at], _NUMBER, chance.choice(NUMBERS))


def _change_reference(chance: random.Random, bodies: Bodies) -> None:
    at = _any(chance, bodies)
    new = b"%d 0 R" % chance.randint(0, len(bodies) + 2)
    bodies[at] = _replace_one(chance, bodies[at], _REFERENCE, new)


def _change_name(chance: random.Random, bodies: Bodies) -> None:
    at = _any(chance, bodies)
    names = _NAME.findall(b" ".join(bodies)) or [b"/A"]
    bodies[at] = _replace_one(chance, bodies[at], _NAME, chance.choice(names))


def _change_box(chance: random.Random, bodies: Bodies) -> None:
    at = _page(chance, bodies)
    bodies[at] = bodies[at].replace(b"[0 0 595 842]", chance.choice(_BOXES))


def _add_page_entry(chance: random.Random, bodies: Bodies) -> None:
    at = _page(chance, bodies)
    bodies[at] = bodies[at].replace(b"/Type /Page", b"/Type /Page " + chance.choice(_PAGE_ENTRIES))


def _add_font_entry(chance: random.Random, bodies: Bodies) -> None:
    entry = chance.choice(_FONT_ENTRIES)
    key = entry.split()[0]
    body = re.sub(key + rb" ?/\w+", b"", bodies[2])
    bodies[2] = body.replace(b"/Type /Font", b"/Type /Font " + entry)
    if b"ToUnicode" in entry:
        bodies[2] = bodies[2].replace(b"9 0 R", b"%d 0 R" % (len(bodies) + 1))
        bodies.append(_stream(b"", chance.choice(_CMAPS)))


def _add_operators(chance: random.Random, bodies: Bodies) -> None:
    at = _page(chance, bodies) + 1
    for _ in range(chance.randint(1, 4)):
        _add_operator(chance, bodies, at)


def _add_operator(chance: random.Random, bodies: Bodies, at: int) -> None:
    places = [match.start() for match in re.finditer(rb"(?<=ET)\n|(?<=Td) |\nBT", bodies[at])]
    if not places:
        return
    place = chance.choice(places)
    new = b" " + chance.choice(_OPERATORS) + b" "
    body = bodies[at][:place] + new + bodies[at][place:]
    bodies[at] = _with_length(body)


def _with_length(body: bytes) -> bytes:
    content = body.partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    return re.sub(rb"/Length \d+", b"/Length %d" % len(content), body, count=1)


def _change_length(chance: random.Random, bodies: Bodies) -> None:
    at = _page(chance, bodies) + 1
    new = b"/Length " + chance.choice((*NUMBERS, b"6 0 R", b"5 0 R", b"/a"))
    bodies[at] = re.sub(rb"/Length \d+", lambda _match: new, bodies[at])


def _change_count(chance: random.Random, bodies: Bodies) -> None:
    count = chance.choice((0, -1, 7, 300, 10**6, 2**31 - 1, 2**32, -(2**31)))
    bodies[1] = re.sub(rb"/Count \d+", b"/Count %d" % count, bodies[1])


def _change_tree(chance: random.Random, bodies: Bodies) -> None:
    kids = chance.choice(
        (
            b"[2 0 R]",
            b"[5 0 R 2 0 R 5 0 R]",
            b"[5 0 R 5 0 R 5 0 R]",
            b"[1 0 R 3 0 R]",
            b"[99 0 R 5 0 R]",
            b"[null 5 0 R]",
            b"2 0 R",
            b"[[5 0 R]]",
            b"[]",
            b"[%s]" % (b"5 0 R " * 40),
        )
    )
    bodies[1] = re.sub(rb"\[[^\]]*\]", lambda _match: kids, bodies[1], count=1)


def _nest(chance: random.Random, bodies: Bodies) -> None:
    """Draw forms in forms, deep but not wide: wide ones take hours, and are tested apart."""
    depth, first = chance.choice((3, 40, 300)), len(bodies) + 1
    at = _page(chance, bodies)
    bodies[at] = re.sub(rb"/X \d+ 0 R", b"/X %d 0 R" % first, bodies[at])
    bodies[at + 1] = _with_length(bodies[at + 1].replace(b"\nendstream", b" /X Do\nendstream"))
    for level in range(depth):
        bodies.append(
            _stream(
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Matrix [1.1 0 0 1.1 5 5]"
                b" /Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>"
                % (first + level + 1),
                b"BT /F1 9 Tf 72 500 Td (Form) Tj ET /X Do",
            )
        )


def _pack(chance: random.Random, bodies: Bodies) -> None:
    """Pack a stream, whole, cut, or so that it unpacks to many times its size."""
    at = _page(chance, bodies) + 1
    content = bodies[at].partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    if chance.random() < 0.2:
        content = content + b"\n" + b" " * 5_000_000
    packed = zlib.compress(content)
    if chance.random() < 0.5:
        packed = packed[: chance.randrange(1, len(packed))]
    filters = chance.choice(
        (
            b"/Filter /FlateDecode",
            b"/Filter [/FlateDecode]",
            b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 999999 >>",
            b"/Filter [/ASCIIHexDecode /FlateDecode]",
            b"/Filter /LZWDecode",
            b"/Filter /JPXDecode",
            b"/Filter /Crypt",
        )
    )
    bodies[at] = _stream(filters, packed)


def _drop(chance: random.Random, bodies: Bodies) -> None:
    bodies[_any(chance, bodies)] = chance.choice((b"null", b"<< >>", b"[]", b"(a)", b"<<", b""))


def _repeat(chance: random.Random, bodies: Bodies) -> None:
    """Set the operators of a page many times over."""
    at = _page(chance, bodies) + 1
    content = bodies[at].partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    bodies[at] = _stream(b"", content * chance.choice((2, 20)))


_ON_OBJECTS: tuple[Callable[[random.Random, Bodies], None], ...] = (
    _change_number,
    _change_number,
    _change_reference,
    _change_reference,
    _change_name,
    _change_box,
    _add_page_entry,
    _add_font_entry,
    _add_operators,
    _add_operators,
    _change_length,
    _change_count,
    _change_tree,
    _nest,
    _pack,
    _drop,
    _repeat,
)


# Damage to bytes


def _by_bytes(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.randint(1, 3)):
        if content:
            content = chance.choice(_ON_BYTES)(chance, content)
    return content


def _span(chance: random.Random, content: bytes) -> tuple[int, int]:
    start = chance.randrange(len(content))
    return start, min(len(content), start + int(chance.expovariate(1 / 60)) + 1)


def _flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 40))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:start] + content[end:]


def _end_early(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def _splice(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    at = chance.randrange(len(content))
    return content[:at] + content[start:end] + content[at:]


def _blank(chance: random.Random, content: bytes) -> bytes:
    start, end = _span(chance, content)
    return content[:start] + chance.choice((b"\0", b" ", b"\xff")) * (end - start) + content[end:]


def _number(chance: random.Random, content: bytes) -> bytes:
    return _replace_one(chance, content, _NUMBER, chance.choice(NUMBERS))


def _keyword(chance: random.Random, content: bytes) -> bytes:
    return _replace_one(chance, content, _KEYWORD, b"")


_ON_BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _flip,
    _flip,
    _cut,
    _end_early,
    _splice,
    _blank,
    _number,
    _keyword,
)
