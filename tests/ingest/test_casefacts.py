"""Dates and case numbers in the forms that Swedish authorities write."""

import pytest

from ingest.casefacts import read_case
from ingest.dates import dates_in
from ingest.plaintext import read_text


def case(text):
    return read_case(read_text(text.encode(), "prov", "prov.txt"))


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Beslutet fattades den 27 mars 2018.", ["2018-03-27"]),
        ("2024-04-10", ["2024-04-10"]),
        ("Stockholm den 15 JUNI 2023", ["2023-06-15"]),
        ("protokoll 3/4 2019", ["2019-04-03"]),
        ("den 31 februari 2020", []),
        ("maj 2020, 12345-2020-01-01-7, 2020/21:15", []),
        ("mellan 1 maj 2020 och 2 maj 2020", ["2020-05-01", "2020-05-02"]),
    ],
)
def test_dates_are_read(text, dates):
    found = dates_in(text)
    assert [value for value, _, _ in found] == dates
    assert all(text[start:end].strip() for _, start, end in found)


@pytest.mark.parametrize(
    "number",
    [
        "KS 2025/76",
        "SOF 2024/198",
        "Ku2017/01469/D",
        "3.1.1-12345/2023",
        "VON/2025:00149",
        "2018-158",
        "STK-2023-1234",
        "12.3-4567/2020",
    ],
)
@pytest.mark.parametrize("label", ["Dnr", "Dnr:", "Diarienummer:", "Vår beteckning:"])
def test_case_numbers_are_read(label, number):
    own = case(f"Ljusverket\n\nYttrande\n{label} {number}\n2025-01-02\n\nVägen är lång.\n").dnr
    assert own is not None
    assert own.value == number


@pytest.mark.parametrize("label", ["Ert dnr", "Er beteckning:", "Er ref.", "Ert diarienummer"])
def test_the_other_sides_number_is_kept_apart(label):
    found = case(f"Ljusverket\n\nDnr LJV 2025/1\n{label} KS 2024/9\n\nVägen är lång.\n")
    assert found.dnr is not None
    assert found.their_dnr is not None
    assert (found.dnr.value, found.their_dnr.value) == ("LJV 2025/1", "KS 2024/9")


@pytest.mark.parametrize(
    "line",
    [
        "Till\nVägnämnden\n2024-04-23",
        "Ert datum\n2024-04-23",
        "Svaret ska ha kommit in senast den 23 april 2024.",
        "Lagen ska träda i kraft den 23 april 2024.",
        "Den 23 april 2024 föll det snö över hela kommunen och vägarna stängdes.",
    ],
)
def test_dates_of_other_things_are_not_the_documents(line):
    assert case(f"Ljusverket\n\n{line}\n\nVägen är lång.\n").date is None


@pytest.mark.parametrize(
    "line",
    [
        "2024-04-23",
        "Datum: 2024-04-23",
        "Stockholm den 23 april 2024",
        "Fastställd av styrelsen den 23 april 2024",
        "Nämnden har den 23 april 2024 beslutat att avge detta yttrande.",
    ],
)
def test_the_documents_own_date_is_told_by_where_it_stands(line):
    found = case(f"Ljusverket\n\n{line}\n\nVägen är lång.\n").date
    assert found is not None
    assert (found.value, found.place) == ("2024-04-23", "page 1")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Till Riksdagen", "Datum: 2031-05-27", "Diarienummer: 3.1-2030-0456"], "2031-05-27"),
        (["2031-05-20", "Motion den 19 november 2030 av Ester Almkvist"], "2031-05-20"),
    ],
)
def test_a_date_after_its_own_label_or_alone_is_the_documents(lines, expected, document):
    assert read_case(document(*lines, "Vägen är lång och mörk.")).date.value == expected
