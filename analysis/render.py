"""Words a measuring for a person: aligned tables, and what was missed beside what is nearest."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.linked import NEIGHBOURS
from analysis.scores import (
    LEAST_FOR_MACRO,
    AnswerScore,
    Confusion,
    Difference,
    LinkScore,
    Miss,
    Report,
    Score,
    Share,
)

_COLUMNS = ("document", "kind", "n", "P", "R", "F1", "stance", "addr P", "addr R", "addr F1")
_MORE_COLUMNS = ("section", "heading", "body", "level")


HELD_OUT = (
    "Held out: no rule is written against these documents, so what they say is not listed;"
    " --misses lists it, for who writes no rules."
)
"""What is told instead of misses of documents that rules must not be written against."""


def render(report: Report, *, misses: bool = True) -> str:
    """Return the report as plain text: tables, links, and by document what was missed."""
    lines = _table(report)
    lines += _stance_lines(report)
    lines += _citation_lines(report)
    if report.answers:
        lines += ["", "Answers", *_answer_lines(report.answers)]
    if loose := report.loose:
        lines += ["", f"Of open kind, split out as some kind: {_percent(loose.found)}"]
        lines += [f"Passages that are no units, taken for one: {_percent(loose.trapped)}"]
    if report.links:
        lines += ["", "Links", *_link_lines(report.links)]
    lines += listing(report) if misses else []
    if report.held_out and not misses:
        lines += ["", HELD_OUT]
    lines += [f"Not in the corpus: {document}" for document in report.not_found]
    lines += [f"Skipped: {one.document}: {one.reason}" for one in report.skipped]
    return "\n".join(lines)


def listing(report: Report) -> list[str]:
    """Return lines of what was missed, false or otherwise than gold, grouped by document.

    Beside each miss stands the unit of the other side that shares most words with it.
    """
    told = [(miss.document, _miss_lines(miss)) for miss in report.misses]
    told += [(one.document, _difference_lines(one)) for one in report.differences]
    lines = ["", "Missed (gold), false (found) and otherwise, by document"] if told else []
    for document in dict.fromkeys(document for document, _ in told):
        lines += ["", document]
        lines += [line for at, part in told if at == document for line in part]
    return lines


def _miss_lines(miss: Miss) -> list[str]:
    page = f" p. {miss.page}" if miss.page else ""
    lines = [f"  {miss.side:<5} {miss.kind} {miss.id}{page}: {miss.text}"]
    if near := miss.nearest:
        other = "found" if miss.side == "gold" else "gold"
        lines.append(
            f"        nearest {other}, {near.likeness:.2f}: {near.kind} {near.id}: {near.text}"
        )
    return lines


def _difference_lines(one: Difference) -> list[str]:
    return [
        f"  {one.what} {one.id}: gold {one.gold or 'nothing'}, found {one.found or 'nothing'}",
        f"        {one.text}",
    ]


def _stance_lines(report: Report) -> list[str]:
    """Return the confusion table where a stance was read otherwise or the mean is measured."""
    wrong = any(one.gold != one.found for one in report.confusions)
    mean = report.stances.macro_f1
    if not wrong and mean is None:
        return []
    lines = ["", "Stances (rows: gold; columns: found)", *_confusion_table(report.confusions)]
    if mean is None:
        return [*lines, f"  no stance occurs {LEAST_FOR_MACRO} times: no mean F1"]
    over = ", ".join(report.stances.common)
    return [*lines, f"  mean F1 of stances that occur {LEAST_FOR_MACRO} times ({over}): {mean:.2f}"]


def _confusion_table(confusions: Sequence[Confusion]) -> list[str]:
    counts = {(one.gold, one.found): one.count for one in confusions}
    labels = sorted({label for both in counts for label in both})
    golds = sorted({gold for gold, _ in counts})
    rows: list[tuple[str, ...]] = [("", *labels, "all")]
    for gold in golds:
        row = [counts.get((gold, found), 0) for found in labels]
        rows.append((gold, *(str(count or ".") for count in row), str(sum(row))))
    return [f"  {line}" for line in _aligned(rows, 1)]


def _citation_lines(report: Report) -> list[str]:
    if not report.citations:
        return []
    rows: list[tuple[str, ...]] = [("citations", "n", "P", "R", "F1", "form")]
    for one in report.citations:
        places = one.places
        rates = (places.precision, places.recall, places.f1)
        figures = (f"{value:.3f}" for value in rates)
        count = str(places.hits + places.missed)
        rows.append((one.document, count, *figures, _percent(one.forms)))
    return ["", *_aligned(rows, 1)]


def _answer_lines(answers: AnswerScore) -> list[str]:
    return [
        f"  found and linked: {_percent(answers.found)}",
        f"  links that are right: {_percent(answers.right)}",
        f"  verdicts of those found: {_percent(answers.verdicts)}",
    ]


def _table(report: Report) -> list[str]:
    rows = [(*_COLUMNS, *_MORE_COLUMNS), *(_row(s) for s in (*report.scores, *report.totals))]
    return _aligned(rows, 2)


def _aligned(rows: Sequence[tuple[str, ...]], words: int) -> list[str]:
    """Return a table's lines; the first ``words`` columns are words, the others figures."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column < words else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _row(score: Score) -> tuple[str, ...]:
    units, to = score.units, score.addressees
    shares = (score.sections, score.headings, score.bodies, score.levels)
    return (
        score.document,
        score.kind,
        str(units.hits + units.missed),
        *(f"{value:.2f}" for value in (units.precision, units.recall, units.f1)),
        _percent(score.stances),
        *(f"{value:.2f}" for value in (to.precision, to.recall, to.f1)),
        *(_percent(share) for share in shares),
    )


def _percent(share: Share) -> str:
    return f"{share.right}/{share.total}" if share.total else "-"


def _link_lines(links: LinkScore) -> list[str]:
    lines = [f"  recall of pairs among the first {NEIGHBOURS}: {_percent(links.recall_at_5)}"]
    if links.average_precision is not None:
        lines.append(f"  average precision: {links.average_precision:.2f}")
    lines.append(f"  recall of those shown: {_percent(links.recall_shown)}")
    lines.append(f"  precision of those shown: {_percent(links.shown)}")
    lines.append(f"  evidence passages found: {_percent(links.evidence)}")
    return lines
