import pytest

from corpus.quotes import stands, without_calls

PAGE = """Kommunen ansvarar för sina bad-
platser.1 Vattnet ska provtas varje vecka
Badplan 2030                          7
1 Se lagen om allmänna bad."""
NEXT = "Badplan 2030 8\nunder sommaren, och svaren ska anslås vid stranden."


@pytest.mark.parametrize(
    "quote",
    [
        "Kommunen ansvarar för sina badplatser.",
        "sina badplatser. Vattnet ska provtas",
        "Vattnet ska provtas varje vecka under sommaren, och svaren ska anslås vid stranden.",
    ],
)
def test_a_quote_stands_over_line_breaks_hyphens_calls_and_pages(quote):
    assert stands(quote, [PAGE, NEXT])


@pytest.mark.parametrize(
    "quote",
    [
        "Kommunen ansvarar inte för sina badplatser.",
        "Vattnet ska provtas varje månad",
        "svaren ska anslås vid stranden. Vattnet ska provtas varje vecka",
        "",
    ],
)
def test_a_changed_or_reordered_quote_does_not_stand(quote):
    assert not stands(quote, [PAGE, NEXT])


def test_words_scattered_over_a_page_are_no_quote():
    page = " ".join(f"ord{i}x mellanrum och text som skiljer" for i in range(40))
    quote = " ".join(f"ord{i}x" for i in range(20))
    assert not stands(quote, [page])


def test_calls_are_taken_from_words_and_points_only():
    assert without_calls("miljöer.1 Och sedan2 kom 1995 och 14 kap. 1 §") == (
        "miljöer. Och sedan kom 1995 och 14 kap. 1 §"
    )
