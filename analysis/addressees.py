"""Finds who is to act: the bodies that a heading names, and the subjects of obligation in prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache

from analysis.mentions import Named, all_mentions, coordinated, in_small_letters, lists_of
from analysis.sentences import read_data
from corpus.actors import Gazetteer
from corpus.models import Addressee

MAX_ATTRIBUTE_WORDS = 4
"""Words of a prepositional attribute between subject and verb (*kommunerna i länet ska*)."""
MAX_RELATIVE_WORDS = 6
"""Words of a relative clause between subject and verb (*kommuner som tar emot stöd ska*)."""

_DETERMINER = re.compile(r"(?:den|det|de|en|ett)\s", re.I)
_INDEFINITE = re.compile(r"(?:en|ett)\s", re.I)
_PRESENT = re.compile(r"\s(?!eller\b|efter\b|under\b|över\b|inför\satt\b)[a-zåäö]+r(?![\w-])")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The data file's lists, compiled."""

    obligation: re.Pattern[str]
    command: re.Pattern[str]
    command_alone: re.Pattern[str]
    between: re.Pattern[str]
    after_preposition: re.Pattern[str]
    after_partner: re.Pattern[str]
    after_companion: re.Pattern[str]
    after_duty: re.Pattern[str]
    after_wish: re.Pattern[str]
    duty: re.Pattern[str]
    duty_owner: re.Pattern[str]
    inverted: tuple[re.Pattern[str], ...]
    after_purpose: re.Pattern[str]
    parties: re.Pattern[str]
    need: re.Pattern[str]
    patient: re.Pattern[str]
    served: re.Pattern[str]
    begun: re.Pattern[str]
    after_done: re.Pattern[str]
    own_doing: re.Pattern[str]
    anyone: frozenset[str]


def listed(text: str, gazetteer: Gazetteer | None = None) -> tuple[Addressee, ...]:
    """Return everyone whom a heading or label names, lists expanded into their members.

    ``Stadsdelsnämnderna A, B och C:`` gives three; ``Kultur- och fritidsnämnden`` is one. A
    heading in capitals is read as if it were set in small letters.
    """
    text = in_small_letters(text)
    members = lists_of(text)
    names = [
        name
        for mention in all_mentions(text, members, gazetteer)
        if mention.body
        for name in members.get(mention, [text[mention.start : mention.end]])
    ]
    return _addressees(names, gazetteer)


def addressees(
    text: str, gazetteer: Gazetteer | None = None, own: Iterable[str] = ()
) -> tuple[Addressee, ...]:
    """Return those who by ``text`` are to act, in the order of their mention.

    That is the subject of an obligation (*kommunen bör*, *bör … av kommunen*), the object of a
    recommendation or commission (*rekommenderar regeringen att*, *uppdras åt*), and the one whose
    duty it is (*det är kommunens ansvar att*, *ansvaret ligger på*). Those with whom somebody is to
    work (*i samverkan med*) count where nobody else is named. ``own`` names bodies that can't be
    meant, such as the auditor who writes.
    """
    text = _without_owner(text)
    members = lists_of(text)
    names = [
        name
        for mention in _acting(text, all_mentions(text, members, gazetteer))
        for name in members.get(mention, [text[mention.start : mention.end]])
    ]
    names = [name for place, name in enumerate(names) if not _refers_back(name, names[:place])]
    hidden = {name.casefold() for name in own}
    return _addressees((name for name in names if name.casefold() not in hidden), gazetteer)


def doing(text: str, gazetteer: Gazetteer | None = None) -> tuple[Addressee, ...]:
    """Return those who do what a plan's entry says: subject (*Servicenämnden inför …*) or doer.

    The doer comes after the verb: *genomförs av kontoret*, *görs i samarbete med regionen*.
    """
    members = lists_of(text)
    groups = coordinated(text, all_mentions(text, members, gazetteer))
    first = groups[0] if groups else []
    opens = bool(first) and first[0].start == 0 and _PRESENT.match(text, first[-1].end)
    acting = first if opens else [one for group in groups if _does(text, group) for one in group]
    names = [name for one in acting for name in members.get(one, [text[one.start : one.end]])]
    return _addressees(names, gazetteer)


def own_doing(text: str) -> tuple[Addressee, ...]:
    """Return *vi* where a plan says what its own sender is to do (*Vi ska …*)."""
    return (Addressee("vi"),) if _patterns().own_doing.search(text) else ()


def _does(text: str, group: list[Named]) -> bool:
    return bool(_patterns().after_done.search(_before(text, group)))


def bound(text: str, gazetteer: Gazetteer | None = None) -> tuple[Addressee, ...]:
    """Return those whose duty something is by a sentence (*det är kommunens uppgift att*)."""
    text = _without_owner(text)
    if not _patterns().duty.search(text):
        return ()
    found = all_mentions(text, {}, gazetteer)
    names = [
        text[mention.start : mention.end]
        for group in coordinated(text, found)
        if _owes(text, group)
        for mention in group
    ]
    return _addressees(names, gazetteer)


def begun_by(text: str, gazetteer: Gazetteer | None = None) -> tuple[Addressee, ...]:
    """Return those who by a sentence have begun something (*Kansliet har inlett en studie*)."""
    if not _patterns().begun.search(text):
        return ()
    found = all_mentions(text, {}, gazetteer)
    names = [
        text[mention.start : mention.end]
        for mention in found
        if not text[: mention.start].strip() and _patterns().begun.match(text, mention.end)
    ]
    return _addressees(names, gazetteer)


def without_repeats(named: Iterable[Addressee]) -> tuple[Addressee, ...]:
    """Return the addressees with each body once, and once those named by their part alone."""
    found: dict[str, Addressee] = {}
    for one in named:
        word = one.named.split()[-1].casefold()
        key = f"any {word}" if word in _patterns().anyone else one.actor or one.named.casefold()
        found.setdefault(key, one)
    return tuple(found.values())


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
    text = in_small_letters(text)
    found = [mention for mention in all_mentions(text, lists_of(text), gazetteer) if mention.body]
    rest = list(text)
    for mention in found:
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    left = re.findall(r"\w+", "".join(rest).lower())
    return bool(found) and all(word in other_words for word in left)


def _addressees(names: Iterable[str], gazetteer: Gazetteer | None) -> tuple[Addressee, ...]:
    """Return the names as addressees, one for each body however often it is named."""
    found: dict[str, Addressee] = {}
    for raw in names:
        name = re.sub(r"\s+", " ", raw).strip(" ,.:;")
        bare = _DETERMINER.sub("", name)
        actor = (gazetteer.resolve(name) or gazetteer.resolve(bare)) if gazetteer else None
        key = actor.id if actor else bare.casefold()
        found.setdefault(key, Addressee(named=name, actor=actor.id if actor else None))
    return tuple(found.values())


def _acting(text: str, found: list[Named]) -> list[Named]:
    """Return the mentions that the text makes act, in order; else partners, else the looser."""
    groups = coordinated(text, found)
    tests: tuple[Callable[[list[Named]], bool], ...] = (
        lambda group: _acts(text, group, found),
        lambda group: _is_partner(text, group, found, _patterns().after_partner),
        lambda group: (
            _is_commanded(text, group, _patterns().command_alone)
            and not _patterns().served.match(text, group[-1].end)
        ),
    )
    for test in tests:
        acting = [group for group in groups if test(group)]
        if acting:
            kept = acting[:1] if test is tests[-1] else acting
            return [mention for group in kept for mention in group]
    return []


def _acts(text: str, group: list[Named], found: list[Named]) -> bool:
    return (
        _is_subject(text, group, found)
        or _is_commanded(text, group, _patterns().command)
        or _is_party(text, group)
        or _has_duty(text, group)
        or _is_partner(text, group, found, _patterns().after_companion)
    )


def _without_owner(text: str) -> str:
    """Return the text with a space for the -s of whose duty it is (*kommunens ansvar att*)."""
    return _patterns().duty_owner.sub(" ", text)


def _has_duty(text: str, group: list[Named]) -> bool:
    """Return whether it is a group's duty to do something, or something is wanted from it."""
    patterns, before = _patterns(), _before(text, group)
    return _owes(text, group) or bool(
        patterns.after_duty.search(before) or patterns.after_wish.search(before)
    )


def _owes(text: str, group: list[Named]) -> bool:
    owed = _patterns().duty.match(text, group[-1].end)
    return bool(owed and re.search(r"(?<!\w)(?:är|blir)\s", _before(text, group)))


def _is_partner(
    text: str, group: list[Named], found: list[Named], partner: re.Pattern[str]
) -> bool:
    """Return whether something is to be done with a group (*ska … i samverkan med polisen*)."""
    patterns, before = _patterns(), _before(text, group)
    if not partner.search(before):
        return False
    after = _without(text, group[-1].end, found)
    return bool(patterns.obligation.search(after) or patterns.obligation.search(before))


def _before(text: str, group: list[Named]) -> str:
    """Return what stands before a group in its sentence."""
    return re.split(r"[.;:?!]\s", text[: group[0].start])[-1]


def _is_subject(text: str, group: list[Named], found: list[Named]) -> bool:
    """Return whether the text obliges a group: *kommunen bör*, *bör kommunen*, *bör … av den*."""
    patterns = _patterns()
    before = _before(text, group)
    if any(inverted.search(before) for inverted in patterns.inverted):
        return True
    after = _without(text, group[-1].end, found)
    follows = patterns.obligation.search(after)
    if patterns.after_partner.search(before) or patterns.after_companion.search(before):
        return False
    if (
        not follows
        or patterns.served.match(after, follows.end())
        or not patterns.between.fullmatch(after[: follows.start()])
    ):
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
    """Return whether a command comes right before a group; *en myndighet* is nobody yet."""
    start = group[0].start
    return not _INDEFINITE.match(text, start) and any(
        re.fullmatch(r"\s*(?:den|det|de)?\s*", text[match.end() : start])
        for match in command.finditer(text)
        if match.end() <= start
    )


def _is_party(text: str, group: list[Named]) -> bool:
    """Return whether a group is to do something together: *samverkan mellan A och B behöver …*."""
    patterns = _patterns()
    before = _before(text, group)
    if not patterns.parties.search(before):
        return False
    after = re.split(r"[.;:?!](?:\s|$)", text[group[-1].end :], maxsplit=1)[0]
    return bool(patterns.need.search(before) or patterns.need.search(after))


@cache
def _patterns() -> _Patterns:
    data = read_data("addressees.yml")
    obligation = r"(?<!\w)(?:" + "|".join(data["obligation"]) + r")(?!\w)"
    between = "|".join(data["between"])
    duties = "|".join(data["duties"])
    with_whom = "|".join([*data["partners"], *data["companions"]])
    own = rf"(?:(?:{'|'.join(data['own'])})\s)?"
    attribute = rf"(?:i|inom|för|på|vid)(?:\s+[\w-]+){{0,{MAX_ATTRIBUTE_WORDS}}}"
    relative = rf"som(?:\s+[\w-]+){{1,{MAX_RELATIVE_WORDS}}}"
    return _Patterns(
        obligation=re.compile(obligation, re.I),
        command=_whole(data["commands"]),
        command_alone=_whole(data["commands_alone"]),
        between=re.compile(
            rf"(?:\s+(?:{between})|,)*(?:\s+(?:{attribute}|{relative}))?,?\s*", re.I
        ),
        after_preposition=_ending(data["prepositions"]),
        inverted=tuple(
            re.compile(rf"{obligation}{words}\s$", re.I)
            for words in data["between_verb_and_subject"]
        ),
        after_partner=_ending(data["partners"]),
        after_companion=_ending(data["companions"]),
        after_duty=_ending(
            rf"(?:{duties})\s(?:[^.;:]*\s)?{bearing}" for bearing in data["bearing"]
        ),
        after_wish=_ending(rf"(?:{words})\s[^.;:]*\sfrån" for words in data["wishes"]),
        duty=re.compile(rf"\s+{own}(?:{duties})\s(?:\w+\s)?att(?!\w)", re.I),
        duty_owner=re.compile(
            rf"(?<=\w)(?::s|(?<=\w\w)s)(?=\s{own}(?:{duties})\s(?:\w+\s)?att(?!\w))", re.I
        ),
        after_purpose=_ending(data["purposes"]),
        parties=_ending(data["parties"]),
        need=_whole([obligation, *data["needs"]]),
        patient=re.compile(rf"(?:\s\w+)?\s(?:{'|'.join(data['made'])})(?!\w)", re.I),
        begun=re.compile(rf"\s(?:har|hade)\s(?:\w+\s)?(?:{'|'.join(data['begun'])})(?!\w)", re.I),
        after_done=_ending(
            [rf"(?:{'|'.join(data['done'])})(?:\s(?:\w+\s){{0,3}}av|\s[^.;:]*(?:{with_whom}))"]
        ),
        own_doing=re.compile(data["own_doing"], re.I),
        anyone=frozenset(data["anyone"]),
        served=re.compile(rf"(?:\s\w+)?\s(?:{'|'.join(data['served'])})(?!\w)", re.I),
    )


def _whole(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I)


def _ending(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for text that ends with one of ``words``."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s$", re.I)
