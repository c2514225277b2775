"""Reads a sentence's formulas with who speaks, what governs and what is negated.

A sentence is walked through from left to right. A formula that governs (*tillstyrker att …*)
closes what follows as its object, until the sentence goes on with a new main clause; an opinion
(*anser att …*) leaves it open. What another body says, what a subordinate clause mentions and
what is negated is sorted out here, so that :mod:`analysis.stance` only has to combine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from analysis.conditions import CONDITIONS, opens_condition
from analysis.formulas import Responder, Sign, matches, words

if TYPE_CHECKING:
    from spacy.tokens import Span

RESERVATIONS = frozenset({"precondition", "concern", "addition"})
"""Labels of formulas that make a support conditional."""
CLEFT = ("det är", "det var")
"""How a cleft sentence begins, whose main verb stands after *som* (*det är med glädje som vi*)."""
Subject = Literal["responder", "other", "unknown"]
LEAD = 8
"""Tokens to look back from a formula for the beginning of its clause."""
SUBJECT_AFTER = 4
"""Tokens after an inverted verb (*saknar i detta sammanhang nämnden*) that may hold its subject."""
NEGATION_BEFORE = 4
"""Tokens before a formula in its clause where a negation reaches it (*kan därför inte*)."""
NEGATION_AFTER = 3
"""Tokens after the verb where a negation reaches it (*instämmer dock inte*)."""
DEGREE_REACH = 4
"""Tokens between a formula and a word of degree (*i huvudsak*) that belongs to it."""
SHORT_SUBJECT = 3
"""Tokens; an unknown name this short right before the verb is taken for the one who answers."""
WHOLE_CLAUSE = 4
"""Tokens between *om* at a sentence's start and a verb that belongs to the main clause: a subject,
its verb and one more of each."""
VERB_ENDINGS = ("er", "ar", "år", "or", "ts", "as", "es", "ås")
"""Endings of finite verbs and passives."""
CONTINUES_SUBJECT = frozenset({"och", "samt", "men", "utan"})
"""What a verb may follow that has the subject of the clause before."""
PLURAL_ENDINGS = ("erna", "arna", "orna")
DETERMINERS = frozenset({"alla", "dessa", "båda", "samtliga"})
"""What ends as an infinitive does, and is none: definite plurals, and these."""
DEFINITE = ("en", "et", "erna", "arna", "orna", "na")
"""Endings of definite nouns, which may be subjects."""
ADVERB_ENDINGS = ("igen", "även", "redan", "annan", "utan")
"""Endings of words that end as definite nouns do, and are none (*slutligen*)."""
AUXILIARIES = frozenset({"kunna", "vilja", "skall", "bör", "ha", "vara", "måst", "få"})


def read_signs(sentence: Span, responder: Responder) -> list[Sign]:
    """Return the formulas that carry the standpoints of a sentence, in order."""
    return list(_Reader(sentence, responder).signs())


class _Reader:
    """Walks through one sentence and keeps track of who speaks and what governs."""

    def __init__(self, sentence: Span, responder: Responder) -> None:
        self.lower = [token.lower_ for token in sentence]
        self.lemmas = [token.lemma_ for token in sentence]
        self.text = [token.text for token in sentence]
        self.punctuation = [token.is_punct for token in sentence]
        self.matches = matches(sentence)
        self.responder = responder
        self.speaker = self._body_in(range(self._opening()))
        self.last: Sign | None = None
        self.reported = False

    def _opening(self) -> int:
        """Return how many tokens may hold the sentence's subject: those before a clause in it."""
        first = self.lower[:SUBJECT_AFTER]
        inner = (p for p, word in enumerate(first) if p and word in words().subordinators)
        return next(inner, len(first))

    def signs(self) -> Iterator[Sign]:
        degrees = [match for match in self.matches if match.label == "degree"]
        kept: list[Sign] = []
        for match in self.matches:
            sign = self._counted(match) if match.label != "degree" else None
            if sign is None:
                continue
            if sign.label == "told":
                self.reported, self.last = True, sign
                continue
            if self.last and self.last.group.open and not self._breaks(sign):
                sign = replace(self._weighed(self.last, sign), start=self.last.start)
                kept.pop()
            self.last = sign
            kept.append(sign)
        for place, sign in enumerate(kept):
            end = kept[place + 1].start if place + 1 < len(kept) else len(self.lower)
            yield self._by_condition(_by_degree(sign, degrees), end)

    def _by_condition(self, sign: Sign, end: int) -> Sign:
        """Return a support as conditional where an if-clause follows it or opens the sentence."""
        if sign.label not in {"support", "no_objection"}:
            return sign
        opens = sign.start > 0 and self.lower[0] in CONDITIONS and self._is_main(sign)
        places = [0] if opens else []
        after = (p for p in range(sign.start + 1, end) if self.lower[p] in CONDITIONS)
        is_condition = any(opens_condition(self.lower, p) for p in [*places, *after])
        return replace(sign, label="conditional") if is_condition else sign

    def _is_main(self, sign: Sign) -> bool:
        """Tell whether the sentence's first clause has ended before a sign."""
        return "," in self.lower[: sign.start] or self._is_inverted(sign)

    def _weighed(self, frame: Sign, inner: Sign) -> Sign:
        """Return what stands in an opinion's object, as adversative as the opinion itself."""
        adversative = frame.adversative or inner.adversative
        return replace(inner, adversative=adversative, weak=frame.weak and inner.weak)

    def _counted(self, match: Sign) -> Sign | None:
        """Return the match as a sign, with negation worked in, or None if it says nothing."""
        bound, lead = self._lead(match)
        if match.label == "told":
            return None if lead in {"som", "vilket"} else match
        subject = self._subject(match, bound, lead)
        if subject == "other" and match.group.subject != "any":
            self.reported, self.last, self.speaker = True, None, "other"
            return None
        if not self._is_own(match, subject, bound, lead):
            return None
        label = self._negated(match, bound)
        if label is None:
            return None
        if subject == "responder":
            self.speaker, self.reported = subject, False
        return replace(
            match,
            label=label,
            adversative=self._is_adversative(match, bound),
            conceded=self._is_conceded(match),
            instead=lead == "utan",
        )

    def _is_own(self, match: Sign, subject: Subject, bound: int, lead: str) -> bool:
        if match.group.within_opinion and not (self.last and self.last.group.opinion):
            return False
        is_own = match.group.subject != "responder" or self._is_responder(match, subject, bound)
        if not is_own or self._is_anothers(match, subject, lead):
            return False
        if lead == "som" and self._is_cleft(bound, subject):
            return True
        if self.last and not self.last.group.open and not self._breaks(match):
            return match.label in RESERVATIONS and lead not in {"som", "hur"}
        if lead in words().subordinators and lead not in words().continuing:
            return self._is_within_opinion(lead, bound) or self._is_conceded(match)
        return True

    def _is_cleft(self, bound: int, subject: Subject) -> bool:
        """Tell whether *som* at ``bound`` goes on with *Det är …*, the responder as its subject."""
        opens = " ".join(self.lower[:2]) in CLEFT and subject == "responder"
        return opens and "," not in self.lower[:bound]

    def _is_anothers(self, match: Sign, subject: Subject, lead: str) -> bool:
        """Tell whether another body says it: reported before, or in what that body is said to."""
        if match.group.weak and lead == "att" and self.speaker == "other" and not self.last:
            return True
        return self.reported and not (subject == "responder" and match.group.subject != "any")

    def _is_responder(self, match: Sign, subject: Subject, bound: int) -> bool:
        if subject == "unknown":
            is_name = self.lower[0] not in words().prepositions
            return is_name and bound < 0 and match.start <= SHORT_SUBJECT
        return subject == "responder"

    def _is_within_opinion(self, lead: str, bound: int) -> bool:
        last = self.last
        return bool(last and last.group.open and lead == "att" and bound >= last.start)

    def _lead(self, match: Sign) -> tuple[int, str]:
        """Return where the match's clause begins (the place before it) and with which word.

        The place is -1, and the word empty, where that is the sentence itself.
        """
        if self._is_inverted(match):
            return self._clause_start(match), ""
        for place in range(match.start - 1, max(match.start - LEAD, 0) - 1, -1):
            if self._opens_clause(place, match):
                return place, self.lower[place]
        return -1, ""

    def _opens_clause(self, place: int, match: Sign) -> bool:
        word = self.lower[place]
        if word in words().coordinators | words().continuing:
            return True
        if word not in words().subordinators or self._names_topic(place):
            return False
        if word == "om" and place and self._is_preposition(place):
            return False
        if match.group.subject != "any":
            return True
        relative = place if word == "som" else place + 1  # *vem som*, *vad som*
        if self.lower[relative] == "som" and self._has_own_verb(relative, match.start):
            return False
        # A subordinate clause that has its own verb already ends before an impersonal formula.
        between = self.lemmas[place + 1 : match.start]
        is_infinitive = word == "att" and _is_infinitive(self.lower[place + 1])
        is_subject = word == "att" and place == 0
        is_over = place == 0 and (
            len(between) >= WHOLE_CLAUSE or self._is_before_subject(match.start)
        )
        return not (
            is_subject or is_over or is_infinitive or any(base in AUXILIARIES for base in between)
        )

    def _has_own_verb(self, relative: int, start: int) -> bool:
        """Tell whether a relative clause has its verb before a formula, right after *som* or last.

        *Vem som äger fynden är oklart* speaks of what is unclear, not of the finds.
        """
        if relative + 1 >= start:
            return False
        return _is_verb(self.lower[relative + 1]) or _is_verb(self.lower[start - 1])

    def _is_preposition(self, place: int) -> bool:
        """Tell whether *om* is a preposition: after a noun that takes it, or of time."""
        follows = self.lower[place + 1 : place + 2]
        return _takes_om(self.lower[place - 1]) or not words().numbers.isdisjoint(follows)

    def _names_topic(self, place: int) -> bool:
        return " ".join(self.lower[place : place + 3]).startswith(words().topic_phrases)

    def _is_before_subject(self, place: int) -> bool:
        """Tell whether a verb stands before what may be its subject, as after a whole clause."""
        follows = self.lower[place + 1 : place + 2]
        return bool(follows) and (
            follows[0] in words().inverted_before or follows[0].endswith(DEFINITE)
        )

    def _clause_start(self, match: Sign) -> int:
        places = range(match.start - 1, -1, -1)
        return next((p for p in places if self.lower[p] in words().coordinators), -1)

    def _is_inverted(self, match: Sign) -> bool:
        """Tell whether a verb stands right before its subject, as only main clauses have it."""
        for place in range(max(match.start - SUBJECT_AFTER, 1), match.end + 1):
            if place < len(self.lower) and self._body(place) == "responder":
                before = self.lemmas[place - 1]
                is_reflexive = before == "sig" and place - 2 == match.start
                if before in AUXILIARIES or place - 1 == match.start or is_reflexive:
                    return True
        return False

    def _subject(self, match: Sign, bound: int, lead: str) -> Subject:
        if self._is_inverted(match) and not lead:
            return "responder"  # *Skulle förslaget antas förväntar sig kommunen*
        before = self._body_in(range(bound + 1, match.start))
        if before != "unknown":
            return before
        if lead in CONTINUES_SUBJECT and match.start == bound + 1:
            return self.speaker  # What follows the verb is its object.
        after = self._body_in(range(match.start + 1, match.start + 1 + SUBJECT_AFTER), stop=True)
        if after == "other" and self._has_name_before(match, bound):
            return "unknown"  # *Stadsmissionen tillstyrker förslaget*: what follows is the object.
        if after != "unknown":
            return after
        return "unknown" if lead in words().subordinators else self.speaker

    def _has_name_before(self, match: Sign, bound: int) -> bool:
        """Tell whether a name, or a short definite noun, is the subject before the verb."""
        first, last = bound + 1, match.start - 1
        if not first <= last < first + SHORT_SUBJECT:
            return False
        if last > first and all(word[:1].isupper() for word in self.text[first : match.start]):
            return True
        word = self.lower[last]
        is_noun = word.endswith((*DEFINITE, "an")) and not word.endswith(ADVERB_ENDINGS)
        return is_noun and self.lower[first] not in words().prepositions | words().subordinators

    def _body_in(self, places: Iterable[int], *, stop: bool = False) -> Subject:
        """Return whom the tokens name as a subject: the last named, or with ``stop`` the first."""
        found: Subject = "unknown"
        for place in places:
            if place >= len(self.lower):
                break
            if stop and (
                self.punctuation[place]
                or self.lower[place] in words().subordinators | words().prepositions
            ):
                break
            body = self._body(place)
            found = body if body != "unknown" else found
            if stop and found != "unknown":
                break
        return found

    def _body(self, place: int) -> Subject:
        word = self.lower[place]
        if self._is_governed(place):
            return "unknown"
        if word in self.responder.words:
            return "responder"
        others = words().proposers | self.responder.strangers
        if word in others or word.endswith(words().no_responders):
            return "other"
        if word in words().responder_words or word.endswith(words().responder_endings):
            return "responder"
        text = self.text[place]
        return "responder" if len(text) > 1 and text.isupper() and text.isalpha() else "unknown"

    def _is_governed(self, place: int) -> bool:
        """Tell whether a preposition governs the word or the name that it is part of."""
        while place > 1 and self.text[place - 1].istitle() and self.text[place].istitle():
            place -= 1
        before = self.lower[place - 1] if place else ""
        return before in words().prepositions or before in words().topic_verbs

    def _breaks(self, match: Sign) -> bool:
        """Tell whether a new main clause begins between the last sign and this one."""
        last = self.last
        if last is None or self._is_inverted(match):
            return True
        bound, lead = self._lead(match)
        if bound < last.start + 1:
            return False
        if lead in words().adversatives or lead in {";", ":"}:
            return True
        if lead in words().continuing:
            return True
        return lead in words().coordinators and not match.group.weak

    def _negated(self, match: Sign, bound: int) -> str | None:
        if set(match.formula.replace("|", " ").split()) & words().negations:
            return match.label
        first = max(bound + 1, match.start - NEGATION_BEFORE, 0)
        last = min(max(match.end + 1, self._reach(match)), len(self.lower))
        for place in range(first, last):
            if self.lower[place] in words().negations and not self._is_no_negation(place):
                return match.group.negated
        return match.label

    def _reach(self, match: Sign) -> int:
        end = min(match.start + 1 + NEGATION_AFTER, len(self.lower))
        for place in range(match.start + 1, end):
            if self.punctuation[place] or self.lower[place] in words().subordinators:
                return place
        return end

    def _is_no_negation(self, place: int) -> bool:
        following = self.lower[place + 1 : place + 2]
        return bool(following) and following[0] in words().no_negation_before

    def _is_adversative(self, match: Sign, bound: int) -> bool:
        clause = self.lower[max(bound, 0) : match.end + 2]
        return any(word in words().adversatives for word in clause)

    def _is_conceded(self, match: Sign) -> bool:
        opening = " ".join(self.lower[:3])
        return opening.startswith(words().concessives) and self.last is None


def _is_verb(word: str) -> bool:
    """Tell whether a word before another verb looks like one: it ends a relative clause."""
    return word.endswith(VERB_ENDINGS)


def _is_infinitive(word: str) -> bool:
    return word.endswith("a") and not word.endswith(PLURAL_ENDINGS) and word not in DETERMINERS


def _takes_om(word: str) -> bool:
    """Tell whether *om* after this word is a preposition."""
    return word in words().nouns_before_om or word.endswith(words().noun_endings)


def _by_degree(sign: Sign, degrees: Sequence[Sign]) -> Sign:
    near = any(
        degree.start <= sign.end + DEGREE_REACH and degree.end >= sign.start - DEGREE_REACH
        for degree in degrees
    )
    return replace(sign, label="conditional") if sign.label == "support" and near else sign
