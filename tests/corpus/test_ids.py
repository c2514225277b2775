from hypothesis import given
from hypothesis import strategies as st

from corpus.ids import carry_over, content_hash, document_id, slug, squash, unique_id, with_ids


def test_slug_folds_swedish_letters():
    assert slug("Länsstyrelsen i Örebro län") == "lansstyrelsen-i-orebro-lan"
    assert slug("…") == "x"


def test_document_id_is_the_stem():
    assert document_id("Yttrande över planen (slutligt).pdf") == "yttrande-over-planen-slutligt"


def test_squash_forgets_line_breaks_and_hyphens():
    assert squash("rätts-\nvårdande o\u00adrgan") == squash("rättsvårdande organ")
    assert squash("eﬀekt") == squash("effekt")


@given(
    st.text(st.sampled_from("aå-\u00ad\u2010\u2011\u0002\ufffe \t\n\r\x1c\x85\u00a0\u2009\u2028ﬁ"))
)
def test_squash_leaves_no_white_space_and_no_hyphen(text):
    assert set(squash(text)) <= set("aåfi")


@given(st.text())
def test_squash_is_idempotent(text):
    assert squash(squash(text)) == squash(text)


@given(st.text(), st.text())
def test_content_hash_keeps_its_parts_apart(first, second):
    assert len(content_hash(first, second)) == 8
    if first:
        assert content_hash(first, second) != content_hash(first + second)


def test_ids_depend_on_wording_and_addressees_not_on_place(recommendation):
    early, late = (
        recommendation("Rusta skolan.", position=1),
        recommendation("Rusta skolan.", page=9),
    )
    assert with_ids([early])[0].id == with_ids([late])[0].id
    to_one, to_other = (recommendation("Rusta skolan.", to=(name,)) for name in ("A", "B"))
    assert with_ids([to_one])[0].id != with_ids([to_other])[0].id


def test_a_full_repeat_gets_a_counter(recommendation):
    first, second = with_ids([recommendation("Rusta skolan."), recommendation("Rusta skolan.")])
    assert second.id == first.id + "-2"


def test_line_breaks_do_not_change_an_id(recommendation):
    one, other = recommendation("Rusta grund-skolan."), recommendation("Rusta grundskolan.")
    assert with_ids([one])[0].id == with_ids([other])[0].id


def test_a_corrected_wording_keeps_its_id(recommendation):
    (new,) = with_ids([recommendation("Rusta upp alla skolgårdar före 2027.")])
    old = {
        "plan-before": ("measure", "Rusta upp alla skolgårdar före 2026."),
        "plan-other": ("measure", "Plantera träd vid varje hållplats."),
    }
    assert carry_over(old, [new])[0].id == "plan-before"


def test_another_wording_or_kind_is_another_recommendation(recommendation):
    (new,) = with_ids([recommendation("Plantera träd vid varje hållplats.")])
    assert carry_over({"a": ("measure", "Rusta upp alla skolgårdar.")}, [new])[0].id == new.id
    assert carry_over({"a": ("position", new.text)}, [new])[0].id == new.id


def test_one_old_id_is_given_once(recommendation):
    new = with_ids(
        [
            recommendation("Rusta alla skolgårdar 2027."),
            recommendation("Rusta alla skolgårdar 2028."),
        ]
    )
    carried = carry_over({"old": ("measure", "Rusta alla skolgårdar 2026.")}, new)
    assert sorted(r.id == "old" for r in carried) == [False, True]


def test_unique_id_adds_content_only_where_taken():
    assert unique_id("plan", {"other"}, "abcdef") == "plan"
    assert unique_id("plan", {"plan"}, "abcdef") == "plan-abcd"
