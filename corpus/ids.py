"""Ids that last: slugs of names and files, and ids of recommendations made from their content."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath

from rapidfuzz import fuzz

from corpus.models import Recommendation

SAME_WORDING = 90.0
"""Least similarity in percent (rapidfuzz ratio over squashed text) at which a reworded
recommendation is taken for the same one: a typing error or a changed word in a sentence of ten
gives 90 and more, another bullet of the same list (measured on the sample) at most 75."""

ID_LENGTH = 8
"""Characters of base 32 in a recommendation's id: 40 bits, so that 100,000 in one document of a
corpus collide with a chance of 0.5 percent, and a collision only costs a suffix."""

_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"
_HYPHENS = "\u00ad\u2010\u2011\u0002\ufffe"
"""Hyphens besides the plain one; pdfium gives a hyphen at a line's end as U+0002 or U+FFFE."""


def slug(name: str) -> str:
    """Return ``name`` as lowercase ASCII words joined by hyphens (å and ä to a, ö to o)."""
    folded = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("æ", "a"))
    ascii_only = folded.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "x"


def document_id(file_name: str) -> str:
    """Return the id of a document that ``corpus.yml`` gives none: the slug of its file's stem."""
    return slug(PurePath(file_name).stem)


def squash(text: str) -> str:
    """Return ``text`` without white space and hyphens, ligatures resolved: what two prints share.

    Two settings of the same words differ in line breaks and hyphens; this is what stays.
    """
    joined = "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "")
    for hyphen in _HYPHENS:
        joined = joined.replace(hyphen, "")
    return unicodedata.normalize("NFKC", joined)


def content_hash(*parts: str) -> str:
    """Return ``ID_LENGTH`` characters of Crockford's base 32 that stand for ``parts``."""
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    return "".join(_BASE32[(number >> (5 * place)) & 31] for place in range(ID_LENGTH))


def with_ids(recommendations: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    """Return the recommendations with ids made of document, kind, wording and addressees.

    The place in the document is left out, so that inserting a page changes no id. The same
    wording to other addressees is another recommendation; a full repeat gets a counter.
    """
    seen: Counter[str] = Counter()
    result = []
    for recommendation in recommendations:
        addressees = sorted(squash(a.named).casefold() for a in recommendation.addressees)
        hashed = content_hash(
            recommendation.kind, squash(recommendation.text).casefold(), *addressees
        )
        base = f"{recommendation.document}-{hashed}"
        seen[base] += 1
        suffix = f"-{seen[base]}" if seen[base] > 1 else ""
        result.append(replace(recommendation, id=base + suffix))
    return tuple(result)


def unique_id(wanted: str, taken: Container[str], content: str) -> str:
    """Return ``wanted``, or where it is taken ``wanted`` with four characters of ``content``."""
    return wanted if wanted not in taken else f"{wanted}-{content[:4]}"


def carry_over(
    old: Mapping[str, tuple[str, str]], new: Iterable[Recommendation]
) -> tuple[Recommendation, ...]:
    """Return ``new`` with the ids that its members had before, where their wording has changed.

    ``old`` maps ids to (kind, text) as stored. An id found again is kept; of the others the most
    alike pairs of the same kind are taken for the same recommendation, each once.
    """
    new = tuple(new)
    found = {recommendation.id for recommendation in new}
    lost = [(key, kind, squash(text)) for key, (kind, text) in old.items() if key not in found]
    changed = [
        (recommendation.id, recommendation.kind, squash(recommendation.text))
        for recommendation in new
        if recommendation.id not in old
    ]
    pairs = sorted(
        (-likeness, fresh, former)
        for fresh, kind, text in changed
        for former, former_kind, former_text in lost
        if kind == former_kind
        and (likeness := fuzz.ratio(former_text, text, score_cutoff=SAME_WORDING))
    )
    renamed: dict[str, str] = {}
    taken: set[str] = set()
    for _likeness, fresh, former in pairs:
        if fresh not in renamed and former not in taken:
            renamed[fresh] = former
            taken.add(former)
    return tuple(
        replace(recommendation, id=renamed.get(recommendation.id, recommendation.id))
        for recommendation in new
    )
