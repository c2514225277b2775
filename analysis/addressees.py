"""Finds who is to act: the bodies that a heading names, and the subjects of obligation in prose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from analysis.sentences import read_data
from corpus.actors import Gazetteer
from corpus.models import Addressee

MAX_ATTRIBUTE_WORDS = 4
"""Words of a prepositional attribute between subject and verb (*kommunerna i länet ska*)."""

_NAME = r"[A-ZÅÄÖÉ][\w-]*(?:\s+[A-ZÅÄÖÉ][\w-]*){0,2}"
_NAMES = rf"(?P<names>{_NAME}(?:,\s*{_NAME})*,?\s+(?:och|samt)\s+{_NAME})"
_COORDINATION = re.compile(r"\s*,\s*|,?\s+(?:och|samt)\s+")
_COUNTY_BOARDS = re.compile(rf"[Ll]änsstyrelserna i {_NAMES}(?: län)?")
_TOPIC = r"(?!att\b|den\b|det\b|de\b|detta\b|hur\b|sin\b|sitt\b|sina\b)[a-zåäö][\w-]*"
_VERBS = "ska|skall|bör|måste|behöver|får|har|kan|är"
_BOARD_FOR = re.compile(
    rf"(?<!\w)(?:[Nn]ämnden|[Nn]ämnd) för {_TOPIC}"
    rf"(?:(?:,| och| samt) {_TOPIC}(?!\s(?:{_VERBS})(?!\w)))*"
)
_AGENCY_FOR = re.compile(
    r"(?<!\w)(?:[Mm]yndigheten|[Ii]nspektionen|[Ii]nstitutet) för"
    rf"(?: (?!(?:{_VERBS})(?!\w))[a-zåäö][\w-]*){{1,4}}?(?=\s(?:{_VERBS})(?!\w)|[,.;:]|$)"
)
"""An agency's name is as long as what stands before the verb."""
_BOARDS_FOR = re.compile(
    rf"(?<!\w)(?P<head>[Nn]ämnder)na för (?P<topics>{_TOPIC}"
    rf"(?:, {_TOPIC})* (?:och|samt)(?: för)? {_TOPIC})"
)
_TRUNCATED = re.compile(
    r"(?<!\w)(?P<first>(?:[\wåäö]+-,?\s+)+)(?:och|samt)\s+(?P<stem>[\wåäö]+?)(?P<plural>nämnderna"
    r"|styrelserna|förvaltningarna)\b"
)
_COMPANY = re.compile(
    r"(?<!\w)(?!Till\b|För\b|Av\b)(?:[A-ZÅÄÖ][\w&-]*\s+){1,4}(?:AB|Aktiebolag)\b|(?<!\w)AB(?:\s+[A-ZÅÄÖ][\w-]*){1,3}"
)
_PRESENT = re.compile(r"\s(?!eller\b|efter\b|under\b|över\b|inför\satt\b)[a-zåäö]+r(?![\w-])")
_SINGULAR = {"nämnderna": "nämnden", "styrelserna": "styrelsen", "förvaltningarna": "förvaltningen"}


class Named(NamedTuple):
    """Where someone is named: ``text[start:end]``; ``body`` if the word alone names a body."""

    start: int
    end: int
    body: bool


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The data file's lists, compiled."""

    named: re.Pattern[str]
    body: re.Pattern[str]
    obligation: re.Pattern[str]
    command: re.Pattern[str]
    command_alone: re.Pattern[str]
    between: re.Pattern[str]
    after_preposition: re.Pattern[str]
    after_partner: re.Pattern[str]
    inverted: tuple[re.Pattern[str], ...]
    after_purpose: re.Pattern[str]
    parties: re.Pattern[str]
    need: re.Pattern[str]
    patient: re.Pattern[str]
    lists: tuple[tuple[re.Pattern[str], str], ...]


_JOINING = frozenset({"OCH", "SAMT", "ELLER", "FÖR", "I", "AV", "PÅ", "MED"})


def listed(text: str, gazetteer: Gazetteer | None = None) -> tuple[Addressee, ...]:
    """Return everyone whom a heading or label names, lists expanded into their members.

    ``Stadsdelsnämnderna A, B och C:`` gives three; ``Kultur- och fritidsnämnden`` is one. A
    heading in capitals is read as if it were set in small letters.
    """
    text = _in_small_letters(text)
    members = _lists(text)
    names = [
        name
        for mention in _all(text, members, gazetteer)
        if mention.body
        for name in members.get(mention, [text[mention.start : mention.end]])
    ]
    return _addressees(names, gazetteer)


def addressees(
    text: str, gazetteer: Gazetteer | None = None, own: Iterable[str] = ()
) -> tuple[Addressee, ...]:
    """Return those who by ``text`` are to act, in the order of their mention.

    That is the subject of an obligation (*kommunen bör*, *bör … av kommunen*) and the object of a
    recommendation or commission (*rekommenderar regeringen att*, *uppdras åt*). ``own`` names
    bodies that can't be meant, such as the auditor who writes.
    """
    members = _lists(text)
    names = [
        name
        for mention in _acting(text, _all(text, members, gazetteer))
        for name in members.get(mention, [text[mention.start : mention.end]])
    ]
    names = [name for place, name in enumerate(names) if not _refers_back(name, names[:place])]
    hidden = {name.casefold() for name in own}
    return _addressees((name for name in names if name.casefold() not in hidden), gazetteer)


def doing(text: str, gazetteer: Gazetteer | None = None) -> tuple[Addressee, ...]:
    """Return those who open a plan's entry as subject of its verb (*Servicenämnden inför …*)."""
    members = _lists(text)
    groups = _coordinated(text, _all(text, members, gazetteer))
    first = groups[0] if groups else []
    if not first or first[0].start > 0 or not _PRESENT.match(text, first[-1].end):
        return ()
    names = [name for one in first for name in members.get(one, [text[one.start : one.end]])]
    return _addressees(names, gazetteer)


def _refers_back(name: str, earlier: Iterable[str]) -> bool:
    """Return whether a name is short for one before it (*nämnden* for *Socialnämnden*)."""
    word = name.casefold()
    if " " in word:
        return False
    for before in earlier:
        parts = before.casefold().split()
        if any(part.endswith(word) and (part != word or len(parts) > 1) for part in parts):
            return True
    return False


def names_only(text: str, gazetteer: Gazetteer | None, other_words: Collection[str]) -> bool:
    """Return whether a line names bodies and holds nothing else but ``other_words``."""
    text = _in_small_letters(text)
    found = [mention for mention in _all(text, _lists(text), gazetteer) if mention.body]
    rest = list(text)
    for mention in found:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    left = re.findall(r"\w+", "".join(rest).lower())
    return bool(found) and all(word in other_words for word in left)


def _in_small_letters(text: str) -> str:
    """Return a line of several words in capitals with capitals only where names begin."""
    if not text.isupper() or len(text.split()) < 2:
        return text
    return re.sub(
        r"\w+", lambda word: word[0].lower() if word[0] in _JOINING else word[0].capitalize(), text
    )


def _all(text: str, lists: Mapping[Named, list[str]], gazetteer: Gazetteer | None) -> list[Named]:
    """Return all mentions in order, each list of bodies as one."""
    others = [m for m in mentions(text, gazetteer) if not _overlaps(m, lists)]
    return sorted([*lists, *others])


def mentions(text: str, gazetteer: Gazetteer | None = None) -> list[Named]:
    """Return all places where someone who could act is named, the longest name at each place."""
    patterns = _patterns()
    found = [
        Named(match.start(), match.end(), bool(patterns.body.search(match.group().lower())))
        for match in patterns.named.finditer(text)
    ]
    found += [Named(m.start(), m.end(), True) for m in _BOARD_FOR.finditer(text)]
    found += [Named(m.start(), m.end(), True) for m in _AGENCY_FOR.finditer(text)]
    found += [Named(m.start(), m.end(), True) for m in _COMPANY.finditer(text)]
    if gazetteer:
        found += [
            Named(mention.start, mention.end, True)
            for mention in gazetteer.find(text)
            if not _is_genitive(text[mention.start : mention.end], gazetteer)
        ]
    return _longest(found)


def _longest(found: Iterable[Named]) -> list[Named]:
    kept: list[Named] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start, not m.body)):
        if not _overlaps(mention, kept):
            kept.append(mention)
    return sorted(kept)


def _overlaps(mention: Named, others: Iterable[Named]) -> bool:
    return any(mention.start < other.end and other.start < mention.end for other in others)


def _is_genitive(name: str, gazetteer: Gazetteer) -> bool:
    if not name.endswith("s"):
        return False
    whole, base = gazetteer.resolve(name), gazetteer.resolve(name.removesuffix("s").rstrip(":"))
    return base is not None and whole is not None and base.id == whole.id and whole.name != name


def _addressees(names: Iterable[str], gazetteer: Gazetteer | None) -> tuple[Addressee, ...]:
    """Return the names as addressees, one for each body however often it is named."""
    found: dict[str, Addressee] = {}
    for raw in names:
        name = re.sub(r"\s+", " ", raw).strip(" ,.:;")
        actor = gazetteer.resolve(name) if gazetteer else None
        key = actor.id if actor else name.casefold()
        found.setdefault(key, Addressee(named=name, actor=actor.id if actor else None))
    return tuple(found.values())


def _lists(text: str) -> dict[Named, list[str]]:
    """Return the members of each list of bodies that share a plural head, by its place."""
    found: dict[Named, list[str]] = {}
    for match in _COUNTY_BOARDS.finditer(text):
        found[_place(match)] = [f"Länsstyrelsen i {c} län" for c in _parted(match["names"])]
    for pattern, member in _patterns().lists:
        for match in pattern.finditer(text):
            names = _parted(match["names"])
            found[_place(match)] = [member.format(stem=match["stem"], name=n) for n in names]
    for match in _BOARDS_FOR.finditer(text):
        head = match["head"].removesuffix("er") + "en"
        topics = _parted(match["topics"].replace(" för ", " "))
        found[_place(match)] = [f"{head} för {topic}" for topic in topics]
    for match in _TRUNCATED.finditer(text):
        found[_place(match)] = _joined(match)
    return found


def _place(match: re.Match[str]) -> Named:
    return Named(match.start(), match.end(), True)


def _parted(names: str) -> list[str]:
    return [name for name in _COORDINATION.split(names) if name]


def _joined(match: re.Match[str]) -> list[str]:
    """Return the whole names of *social- och utbildningsnämnderna*, which are two boards."""
    ending = _SINGULAR[match["plural"]]
    stems = [part.strip(" ,-") for part in match["first"].split() if part.strip(" ,-")]
    return [stem + ending for stem in (*stems, match["stem"])]


def _acting(text: str, found: list[Named]) -> list[Named]:
    """Return the mentions that the text makes act, in order."""
    acting: list[Named] = []
    for group in _coordinated(text, found):
        if (
            _is_subject(text, group, found)
            or _is_commanded(text, group, _patterns().command)
            or _is_party(text, group)
        ):
            acting += group
    if acting:
        return acting
    alone = _patterns().command_alone
    return [m for g in _coordinated(text, found) if _is_commanded(text, g, alone) for m in g]


def _coordinated(text: str, found: list[Named]) -> list[list[Named]]:
    """Return the mentions in groups that stand side by side (*kommunen och regionen*)."""
    groups: list[list[Named]] = []
    for mention in found:
        gap = text[groups[-1][-1].end : mention.start] if groups else None
        if gap is not None and re.fullmatch(r"\s*(?:,|,?\s(?:och|samt|eller))\s+", gap):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _is_subject(text: str, group: list[Named], found: list[Named]) -> bool:
    """Return whether the text obliges a group: *kommunen bör*, *bör kommunen*, *bör … av den*."""
    patterns = _patterns()
    before = re.split(r"[.;:?!]\s", text[: group[0].start])[-1]
    if any(inverted.search(before) for inverted in patterns.inverted):
        return True
    after = _without(text, group[-1].end, found)
    follows = patterns.obligation.search(after)
    if patterns.after_partner.search(before):
        return bool(follows or patterns.obligation.search(before))
    if not follows or not patterns.between.fullmatch(after[: follows.start()]):
        return False
    if patterns.patient.match(after, follows.end()) and not any(one.body for one in group):
        return False
    preposition = patterns.after_preposition.search(before)
    between = preposition is not None and preposition.group().strip().lower() == "mellan"
    return between or not (preposition or patterns.after_purpose.search(before))


def _without(text: str, start: int, found: list[Named]) -> str:
    """Return what follows ``start`` in its sentence, other mentions left out."""
    parts: list[str] = []
    for mention in found:
        if mention.start >= start:
            parts.append(text[start : mention.start])
            start = mention.end
    parts.append(text[start:])
    return re.split(r"[.;:?!](?:\s|$)", "".join(parts), maxsplit=1)[0]


def _is_commanded(text: str, group: list[Named], command: re.Pattern[str]) -> bool:
    return any(
        re.fullmatch(r"\s*(?:den|det|de)?\s*", text[match.end() : group[0].start])
        for match in command.finditer(text)
        if match.end() <= group[0].start
    )


def _is_party(text: str, group: list[Named]) -> bool:
    """Return whether a group is to do something together: *samverkan mellan A och B behöver …*."""
    patterns = _patterns()
    before = re.split(r"[.;:?!]\s", text[: group[0].start])[-1]
    if not patterns.parties.search(before):
        return False
    after = re.split(r"[.;:?!](?:\s|$)", text[group[-1].end :], maxsplit=1)[0]
    return bool(patterns.need.search(before) or patterns.need.search(after))


@cache
def _patterns() -> _Patterns:
    data = read_data("addressees.yml")
    bodies, others = "|".join(data["bodies"]), "|".join(data["others"])
    head = rf"(?:[\w-]*-(?:,\s[\w-]+-)*\s(?:och|samt)\s)?[\w-]*?(?:{bodies}|(?<!\w)(?:{others}))"
    determiners, adjectives = "|".join(data["determiners"]), "|".join(data["adjectives"])
    before = rf"(?:(?:{determiners})\s)?(?:(?:{adjectives})\s){{0,2}}"
    obligation = r"(?<!\w)(?:" + "|".join(data["obligation"]) + r")(?!\w)"
    between = "|".join(data["between"])
    attribute = rf"(?:i|inom|för|på|vid)(?:\s+[\w-]+){{0,{MAX_ATTRIBUTE_WORDS}}}"
    return _Patterns(
        named=re.compile(
            rf"(?<![\w-]){before}{head}(?![\w-])(?:\si\s(?:kommunen|(?:varje|respektive)\s(?:kommun|region|län)|(?:alla|samtliga)\s(?:kommuner|regioner|län)))?",
            re.I,
        ),
        body=re.compile(rf"(?:{bodies})$", re.I),
        obligation=re.compile(obligation, re.I),
        command=_whole(data["commands"]),
        command_alone=_whole(data["commands_alone"]),
        between=re.compile(rf"(?:\s+(?:{between})|,)*(?:\s+{attribute})?\s*", re.I),
        after_preposition=_ending(data["prepositions"]),
        inverted=tuple(
            re.compile(rf"{obligation}{words}\s$", re.I)
            for words in data["between_verb_and_subject"]
        ),
        after_partner=_ending(data["partners"]),
        after_purpose=_ending(data["purposes"]),
        parties=_ending(data["parties"]),
        need=_whole([obligation, *data["needs"]]),
        patient=re.compile(rf"(?:\s\w+)?\s(?:{'|'.join(data['made'])})(?!\w)", re.I),
        lists=tuple(_list_pattern(entry) for entry in data["lists"]),
    )


def _whole(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I)


def _ending(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for text that ends with one of ``words``."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s$", re.I)


def _list_pattern(entry: dict[str, str]) -> tuple[re.Pattern[str], str]:
    pattern = rf"(?<!\w)(?P<stem>(?![Ll]äns)\w*?)(?i:{entry['plural']})\s+(?:i\s+)?{_NAMES}"
    return re.compile(pattern), entry["member"]
