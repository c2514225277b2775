import re
from pathlib import Path
from typing import get_args

import pytest
import yaml

from corpus import models
from datasette_plugins import words as module
from datasette_plugins.words import CATALOGUE, words

say = words()
PACKAGE = Path(module.__file__).parent
DOCS = PACKAGE.parent / "docs"


def names():
    """The names that templates and pages ask for in full."""
    for path in [*PACKAGE.glob("templates/*.html"), *PACKAGE.glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r'\b(?:t|say|words\(\))\("([a-z_.]+)"[,)]', text)


@pytest.mark.parametrize("name", sorted(set(names())))
def test_every_name_is_in_the_catalogue(name):
    assert say._find(name)


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("doctypes", models.DocType),
        ("doctypes_many", models.DocType),
        ("kinds", models.RecommendationKind),
        ("kinds_many", models.RecommendationKind),
        ("stances", models.StanceLabel),
        ("stance_signs", models.StanceLabel),
        ("relations", models.Relation),
        ("bearings", models.Bearing),
        ("roles", models.VariantRole),
        ("levels", models.Level),
        ("text_layers", models.TextLayer),
        ("actor_kinds", models.ActorKind),
    ],
)
def test_every_value_has_its_words(group, kind):
    assert set(say.group(group)) == set(get_args(kind))


def test_every_kind_of_problem_has_a_name_and_advice():
    kinds = set(say.group("problems.kinds"))
    assert kinds == set(say.group("problems.advice"))
    rows = re.findall(r"^\| (`.*?) \|", (DOCS / "reading.md").read_text("utf-8"), re.MULTILINE)
    explained = {kind for row in rows for kind in re.findall(r"`(\w+)`", row)}
    assert kinds <= explained


def test_languages_have_the_same_names():
    catalogue = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))

    def shape(entry):
        return {k: shape(v) for k, v in entry.items()} if isinstance(entry, dict) else None

    assert all(shape(entries) == shape(catalogue["sv"]) for entries in catalogue.values())


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2018-03-27", "27 mars 2018"),
        ("2018-12-01T09:00:00", "1 december 2018"),
        ("2018-05", "maj 2018"),
        ("2018", "2018"),
        (None, "utan datum"),
        ("våren 2018", "våren 2018"),
        ("2018-13-01", "2018-13-01"),
    ],
)
def test_dates_in_words(iso, shown):
    assert say.date(iso) == shown


def test_day_leaves_out_the_year():
    assert say.day("2018-03-27") == "27 mars"
    assert say.day(None) == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234567, "1\u00a0234\u00a0567"), (0.5, "0,5"), (0.875, "0,88"), (2.0, "2")],
)
def test_numbers_as_swedish_writes_them(value, shown):
    assert module.number(value) == shown


def test_one_and_many():
    assert say("search.hits", count=1, query="x") == "1 träff på ”x”"
    assert say("search.hits", count=2000, query="x") == "2\u00a0000 träffar på ”x”"


def test_unknown_name_is_an_error_and_unknown_value_is_shown():
    with pytest.raises(KeyError):
        say("nothing.here")
    assert say.of("doctypes", "memo") == "memo"
