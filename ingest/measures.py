"""What is usual in a document: its body type, the distance of its lines, its right edges."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import attrgetter

from ingest.layout import PrintedLine, Region
from ingest.numbering import list_marker
from ingest.pages import Style

USUAL_LEADING = 1.35
"""Line distance in type sizes where a document shows none for a size."""

LEAST_LEADING, MOST_LEADING = 0.9, 1.9
"""Line distances in type sizes between which two lines may belong to one paragraph."""

DOUBLE_LEADING = 2.5
"""Line distances in type sizes of double-spaced type at most."""

SINGLE_SHARE = 0.25
"""Share of the distances from which those of single-spaced type are the document's."""

FLUSH = 1.0
"""Points by which left edges of two lines differ that stand below each other."""

FEWEST_DOUBLE = 12
"""Lines of one size from which double-spaced type is believed."""

FEWEST_LINES = 4
"""Lines of one size from which their distance is trusted."""


_STYLE = attrgetter("style")


@dataclass(frozen=True, slots=True)
class Measures:
    """The usual type and distances of a document; sizes and distances in points.

    ``hanging`` tells whether the items of its lists go on below their text, not their marker.
    """

    body: Style
    leadings: dict[float, float] = field(default_factory=dict)
    rights: dict[int, float] = field(default_factory=dict)
    hanging: bool = False

    def leading(self, size: float) -> float:
        """Return the distance of baselines in a paragraph of this type size."""
        return self.leadings.get(_size_key(size), size * USUAL_LEADING)

    def right(self, line: PrintedLine, region: Region) -> float:
        """Return the right edge of the column that a line stands in."""
        if region.beside:
            return region.x1
        return max(region.x1, self.rights.get(round(line.x0), region.x1))


def measure(regions: Sequence[Region]) -> Measures:
    """Return what is usual in these regions of a document."""
    letters: Counter[Style] = Counter()
    distances: dict[float, Counter[float]] = defaultdict(Counter)
    rights: dict[int, list[float]] = defaultdict(list)
    for region in regions:
        for style, lines in groupby(region.lines, key=_STYLE):
            letters[style] += sum([len(line.text) for line in lines])
        for line in region.lines:
            rights[round(line.x0)].append(line.x1)
        plain = [line for line in region.lines if not line.table]
        for line, following in pairwise(plain):
            size, apart = line.style.size, following.base - line.base
            if not LEAST_LEADING <= apart / size <= DOUBLE_LEADING:
                continue
            if size == following.style.size:
                distances[_size_key(size)][round(apart, 1)] += 1
    body = _body(letters)
    return Measures(
        body,
        {size: _usual(counts, size) for size, counts in distances.items()},
        {x0: sorted(ends)[int(0.95 * (len(ends) - 1))] for x0, ends in rights.items()},
        _are_lists_hanging(regions),
    )


def _are_lists_hanging(regions: Sequence[Region]) -> bool:
    """Return whether more lines after a marked line stand below its text than below its marker."""
    below_text = below_marker = 0
    for region in regions:
        for line, following in pairwise(region.lines):
            marked = len(line.words) > 1 and line.text and list_marker(line.text)
            if not marked or line.size != following.size:
                continue
            if 0 < following.base - line.base < MOST_LEADING * line.size:
                below_text += abs(following.x0 - line.words[1].x0) < FLUSH
                goes_on = following.text[:1].islower() and not list_marker(following.text)
                below_marker += goes_on and abs(following.x0 - line.x0) < FLUSH
    return below_text > below_marker


def _size_key(size: float) -> float:
    return round(size * 2) / 2


def _usual(counts: Counter[float], size: float) -> float:
    """Return the distance that most lines have; of two near it the smaller.

    Wide distances are between paragraphs of single lines, unless nearly all are wide.
    """
    single = Counter({d: n for d, n in counts.items() if d <= MOST_LEADING * size})
    if single.total() >= SINGLE_SHARE * counts.total():
        counts = single
    elif counts.total() < FEWEST_DOUBLE:
        return size * USUAL_LEADING
    if counts.total() < FEWEST_LINES:
        return max(size * USUAL_LEADING, min(counts))
    return max(counts, key=lambda distance: (counts[distance], -distance))


def _body(letters: Counter[Style]) -> Style:
    """Return the style of most letters, with all fonts of one size and colour counted together."""
    if not letters:
        return Style("", 10.0)
    sizes: Counter[float] = Counter()
    for style, count in letters.items():
        sizes[_size_key(style.size)] += count
    size = max(sizes, key=lambda key: sizes[key])
    same = {style: n for style, n in letters.items() if _size_key(style.size) == size}
    return max(same, key=lambda style: same[style])
