"""Finds acts, treaties and papers of the EU, by number and by name, with their articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analysis.references import Found
from analysis.sentences import read_data
from analysis.statutes import Acts, act_of, read_acts

_UNION = r"\((?:EU|EG|EEG|Euratom|EU, Euratom|EG, Euratom)\)"
_SUFFIX = r"/(?:EU|EG|EEG|Euratom|RIF|GUSP)"
_POINT = r"\d{1,3}(?:\.\d{1,2})*(?: ?[a-hj-z](?![\wåäö]))?"
_ARTICLE = (
    rf"(?P<article>(?i:artikel|artiklarna|art\.) {_POINT}(?:(?: ?[–-] ?|, | och ){_POINT})*)"
    r"(?:(?: första| andra| tredje) stycket)?(?: i| av)?(?: den| EU:s)? "
)
_MAKERS = (
    r"(?:Europaparlamentets och rådets|(?i:rådets|kommissionens|Europeiska kommissionens))"
    r"(?: (?:delegerade|genomförande))? "
)
_NUMBERED = re.compile(
    rf"(?<!\w)(?:{_ARTICLE})?(?P<maker>{_MAKERS})?(?P<first>{_UNION} )?"
    r"(?P<sort>(?i:(?:genomförande|ram)?(?:förordning|direktiv|beslut|rekommendation)))"
    rf"(?:en|et|arna)? (?P<union>{_UNION} )?(?P<nr>nr )?(?P<number>\d{{2,4}}/\d{{1,4}})"
    rf"(?P<suffix>{_SUFFIX})?(?![\d:])"
)
_LOOSE = re.compile(rf"(?P<union>{_UNION}) (?P<nr>nr )?(?P<number>\d{{2,4}}/\d{{1,4}})(?![\d:/])")
_SUFFIXED = re.compile(rf"(?<![\w/])(?P<number>\d{{2,4}}/\d{{1,4}}{_SUFFIX})(?!\w)")
_PAPER = re.compile(
    r"(?<!\w)(?:KOM|COM) ?\((?P<year>\d{4})\) ?(?P<number>\d{1,4})(?!\d)(?: (?:slutlig|final))?"
)
_TREATY = re.compile(
    _ARTICLE + r"(?P<treaty>FEUF|EUF-fördraget|FEU|EU-fördraget|EG-fördraget|EU:s rättighetsstadga"
    r"|EU:s stadga om de grundläggande rättigheterna|rättighetsstadgan)(?!\w)"
)
_CONVENTION = re.compile(
    _ARTICLE + r"(?P<name>Europakonventionen|[Bb]arnkonventionen|FN:s barnkonvention"
    r"|Århuskonventionen|Istanbulkonventionen)(?!\w)"
)


def eu_acts(text: str, date: str | None) -> list[Found]:
    """Return the acts of the EU cited in a text on one line, named as of a date (ISO)."""
    found = list(_by_name(text, date))
    if "/" in text:
        found += _by_number(text)
    if "OM" in text:
        found += _papers(text)
    if "rti" in text or "rt." in text:
        found += _treaties(text)
    return found


def _by_number(text: str) -> Iterator[Found]:
    for match in _NUMBERED.finditer(text):
        union = match["first"] or match["union"]
        if union or match["suffix"] or match["maker"] or match["nr"]:
            name = _sort(match["sort"], match["maker"]) + " " + _number(match, union)
            yield Found(match.start(), match.end(), "eu", _with_article(match, name))
    for match in _LOOSE.finditer(text):
        yield Found(*match.span(), "eu", f"förordning {match.group()}")
    for match in _SUFFIXED.finditer(text):
        yield Found(*match.span(), "eu", f"direktiv {match['number']}")


def _sort(sort: str, maker: str | None) -> str:
    sort = sort.lower()
    if maker and "delegerade" in maker:
        return f"delegerat {sort}" if sort in ("direktiv", "beslut") else f"delegerad {sort}"
    return f"genomförande{sort}" if maker and "genomförande" in maker else sort


def _number(match: re.Match[str], union: str | None) -> str:
    return f"{union or ''}{match['nr'] or ''}{match['number']}{match['suffix'] or ''}"


def _with_article(match: re.Match[str], name: str) -> str:
    article = match["article"]
    return f"{_lower_first(article)} {name}".replace("art. ", "artikel ") if article else name


def _lower_first(word: str) -> str:
    return word[:1].lower() + word[1:]


def _papers(text: str) -> Iterator[Found]:
    for match in _PAPER.finditer(text):
        yield Found(*match.span(), "eu", f"COM({match['year']}) {int(match['number'])}")


def _treaties(text: str) -> Iterator[Found]:
    for match in _TREATY.finditer(text):
        yield Found(*match.span(), "eu", _with_article(match, match["treaty"]))
    for match in _CONVENTION.finditer(text):
        yield Found(*match.span(), "other", _with_article(match, match["name"]))


def _by_name(text: str, date: str | None) -> Iterator[Found]:
    for match in _names().finditer(text):
        name = act_of(_acts()[match["name"].casefold()], date)
        yield Found(*match.span(), "eu", _with_article(match, name))


@cache
def _acts() -> dict[str, Acts]:
    return {
        name.casefold(): read_acts(entry["acts"])
        for main, entry in read_data("eu_acts.yml").items()
        for name in (main, *entry.get("names", ()))
    }


@cache
def _names() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_acts(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{_ARTICLE})?(?P<name>(?i:{names}))s?(?![\w-])")
