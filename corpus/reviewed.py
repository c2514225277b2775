"""What people have decided on links and evidence, which no build undoes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import cast, get_args

from sqlite_utils import Database

from corpus.models import Evidence, Link, Relation

ACCEPTED_SCORE = 1.0
"""Of a link that a person has accepted and that is no longer found: it is no longer a guess."""


@dataclass(frozen=True, slots=True)
class _Decision:
    subject: str
    verdict: str
    relation: Relation | None
    by: str


def reviewed_links(db: Database, links: Iterable[Link]) -> list[Link]:
    """Return links as people have left them: none that was rejected, all that were accepted.

    An accepted link that was found as ``near``, or is no longer found, is ``related`` unless the
    relation was corrected. Which of the two ends is the later document may have changed since.
    """
    decisions = {frozenset(one.subject.split("~", 1)): one for one in _decisions(db, "link")}
    kept = []
    found = set()
    for link in links:
        pair = frozenset((link.source, link.target))
        found.add(pair)
        decision = decisions.get(pair)
        if decision is None or decision.verdict == "unsure":
            kept.append(link)
        elif decision.verdict != "rejected":
            kept.append(_as_decided(link, decision))
    known = {row["id"] for row in db.query("select id from recommendations where withdrawn = 0")}
    for pair, decision in decisions.items():
        accepted = decision.verdict in ("accepted", "corrected")
        if accepted and pair not in found and pair <= known:
            source, _, target = decision.subject.partition("~")
            why = f"Godkänd vid granskning av {decision.by}."
            link = Link(source, target, "near", ACCEPTED_SCORE, 1, why)
            kept.append(_as_decided(link, decision))
    return kept


def _as_decided(link: Link, decision: _Decision) -> Link:
    found: Relation = "related" if link.relation == "near" else link.relation
    return replace(link, relation=decision.relation or found)


def reviewed_evidence(db: Database, evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return evidence without what people have rejected."""
    decisions = _decisions(db, "evidence")
    rejected = {one.subject for one in decisions if one.verdict == "rejected"}
    return [one for one in evidence if f"{one.recommendation}~{one.block}" not in rejected]


def _decisions(db: Database, subject: str) -> Iterator[_Decision]:
    """Yield the last decision on each link or piece of evidence, the oldest first."""
    rows = db.query(
        "select subject_id, verdict, field, value, [by] from reviews where subject = ?"
        " order by at, rowid",
        [subject],
    )
    latest: dict[str, dict[str, str]] = {}
    for row in rows:
        latest.pop(row["subject_id"], None)
        latest[row["subject_id"]] = row
    for row in latest.values():
        corrected = row["field"] == "relation" and row["value"] in get_args(Relation)
        relation = cast(Relation, row["value"]) if corrected else None
        yield _Decision(row["subject_id"], row["verdict"], relation, row["by"])
