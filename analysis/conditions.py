"""Finds if-clauses: what a stance is made to depend on (*positiv, om staten finansierar det*).

*Om* is a preposition (*förslaget om höjd avgift*), opens a question (*utreda om*) or a condition;
only the last has a subject and a verb behind it and nothing that asks before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from analysis.formulas import words

CONDITIONS = frozenset({"om", "ifall", "såvida"})
"""Words that may open an if-clause."""
CLAUSE_REACH = 7
"""Tokens after *om* that hold the verb of its clause: a subject with its attributes and *inte*."""
PRESENT = ("er", "ar", "år", "or", "ras", "eras", "nas", "las", "tas", "gs", "ds", "ts", "ns", "ps")
"""Endings of verbs in the present tense, active and passive; plural nouns have some of them."""
DEFINITE = ("en", "et", "an", "na", "kommun", "region", "stat")
"""Endings of a definite noun, which may be the clause's subject."""


def opens_condition(lower: Sequence[str], place: int) -> bool:
    """Tell whether one of ``CONDITIONS`` at ``place`` opens a condition.

    ``lower`` are the tokens of a sentence in small letters.
    """
    before = lower[place - 1] if place else ""
    if before in words().whether_before | words().prepositions:
        return False
    return lower[place] == "såvida" or _has_verb(list(_clause(lower, place)))


def _clause(lower: Sequence[str], place: int) -> Iterator[str]:
    """Yield the words after *om* up to the first mark or subordinator.

    What stands right before *som* is the noun that it tells of (*om de regler som gäller*).
    """
    reach = place + 1 + CLAUSE_REACH
    for word, following in zip(lower[place + 1 : reach], [*lower[place + 2 :], ""], strict=False):
        if not word[0].isalnum() or word in words().subordinators or following == "som":
            return
        yield word


def _has_verb(clause: Sequence[str]) -> bool:
    """Tell whether what follows *om* has a finite verb after its subject."""
    if clause[:1] in (["inte"], ["så"]):
        return True
    for before, word in pairwise(clause):
        if word in words().condition_verbs:
            return True
        follows_subject = before.endswith(DEFINITE) or before in words().condition_pronouns
        if follows_subject and word.endswith(PRESENT) and word not in words().prepositions:
            return True
    return False
