"""Invented tables and the style sheets that they are set in: each table in each layout."""

from __future__ import annotations

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]

TEXT = (
    "Kommunens arbete med lokaler har pågått i flera år. Nämnden har prövat vilka hus som kan "
    "användas av fler, och föreningarna har fått säga sitt. Resultatet visar att behoven skiljer "
    "sig mellan stadsdelarna, och att de minsta orterna har svårast att samla sig till en plats."
)

BUDGET = (
    ("Verksamhet", "Utfall 2024", "Budget 2025", "Plan 2026"),
    ("Förskola", "-1 204,5", "-1 260,0", "-1 310,2"),
    ("Grundskola och fritidshem", "-12 880,0", "-13 045,7", "-13 400,0"),
    ("Kulturskola", "-310,4", "-322,0", "-322,0"),
    ("Bidrag till föreningar i ytterområdena", "-88,0", "-90,0", "-95,5"),
    ("Summa", "-14 482,9", "-14 717,7", "-15 127,7"),
)

MEASURES = (
    ("Åtgärd", "Ansvarig", "Tidplan"),
    ("Ta fram en plan för hur skolgårdarna kan öppnas på kvällar och helger under hela året",
     "Lokalnämnden", "2025"),
    ("Pröva gemensam bokning av idrottshallar", "Fritidsnämnden i samråd med föreningarna",
     "2025–2026"),
    ("Redovisa vilka hus som står tomma och vad de kostar att värma upp varje vinter",
     "Tekniska nämnden", "Senast 31 mars 2026"),
    ("Utse en samordnare", "Kommunstyrelsen", "Löpande"),
)  # fmt: skip

INDICATORS = (
    ("Indikator", "Mål", "Utfall", "Kommentar"),
    ("Andel elever som trivs i skolans lokaler", "85", "82", "Svarsfrekvensen var låg i norra"
     " området."),
    ("Bokade timmar i idrottshallar", "12 000", "12 450", ""),
    ("Antal föreningar med egen nyckel", "40", "", "Mäts först nästa år."),
    ("Energi per kvadratmeter", "110", "118", "Vintern var kallare än ett normalår."),
)  # fmt: skip

RISKS = (
    ("Risk", "Sannolikhet", "Konsekvens", "Värde"),
    ("Lokaler blir inte färdiga i tid", "3", "4", "12"),
    ("Personal saknas", "2", "4", "8"),
    ("Avtal löper ut", "1", "3", "3"),
)

TABLES = {"budget": BUDGET, "measures": MEASURES, "indicators": INDICATORS, "risks": RISKS}

_BASE = (
    "@page{size:A4;margin:25mm} body{font:10pt/1.35 'DejaVu Serif',serif} "
    "table{border-collapse:collapse;width:100%;margin:4mm 0} "
    "td,th{padding:3pt 6pt;text-align:left;vertical-align:top;font-weight:normal} "
)
_BOLD = "th{font-weight:bold} "
_RIGHT = ".n{text-align:right} "
_NUMERIC = "-0123456789"


LAYOUTS = {
    "grid": ("td,th{border:.5pt solid #000} " + _BOLD),
    "grid without bold": ("td,th{border:1pt solid #999} "),
    "row rules": ("tr{border-bottom:.5pt solid #888} " + _BOLD + _RIGHT),
    "row rules and head above": ("td{border-top:.5pt solid #888} " + _BOLD),
    "column rules": ("td,th{border-right:.5pt solid #000} table{border:.5pt solid #000} th"
                           "{border-bottom:.5pt solid #000} " + _BOLD),
    "booktabs": ("table{border-top:1pt solid #000;border-bottom:1pt solid #000} "
                       "th{border-bottom:.5pt solid #000} td{padding-bottom:7pt} " + _RIGHT),
    "zebra": ("tr:nth-child(even){background:#eef} " + _BOLD + _RIGHT),
    "zebra with dark head": ("th{background:#234;color:#fff} "
                                   "tr:nth-child(odd){background:#f3e9e0} "),
    "tinted cells": ("table{border-collapse:separate;border-spacing:2pt} "
                           "td{background:#e8f0e8} th{background:#9c9} "),
    "head rule alone": ("th{border-bottom:1pt solid #000} td{padding-bottom:7pt} " + _BOLD),
    "no rules": ("td{padding-bottom:8pt} " + _BOLD),
    "no rules, numbers right": ("td{padding-bottom:8pt} " + _BOLD + _RIGHT),
    "no rules, close": ("td,th{padding:1pt 8pt} " + _BOLD + _RIGHT),
    "no rules, no bold": ("td{padding-bottom:7pt} " + _RIGHT),
    "framed": ("table{border:1pt solid #000} td{padding-bottom:8pt} " + _BOLD),
    "sans, centred": ("body{font-family:'DejaVu Sans'} td,th{border:.5pt solid #000;"
                            "text-align:center;vertical-align:middle} " + _BOLD),
}  # fmt: skip


def page_of(rows: Rows, css: str) -> str:
    """Return a page with a table between two paragraphs as HTML."""
    return _page(css, f"<h2>Lokaler</h2><p>{TEXT}</p>{table_html(rows)}<p>{TEXT}</p>")


def table_html(rows: Rows) -> str:
    """Return a table as HTML, the cells of columns of numbers with a class."""
    head, *body = rows
    numeric = [
        sum(row[i][:1] in _NUMERIC for row in body) * 2 > len(body) for i in range(len(head))
    ]
    table = _row(head, "th", numeric) + "".join(_row(row, "td", numeric) for row in body)
    return f"<table>{table}</table>"


def _page(css: str, body: str) -> str:
    return f"<style>{_BASE}{css}</style>{body}"


def _row(cells: Sequence[str], tag: str, numeric: Sequence[bool] = ()) -> str:
    marks = [' class="n"' if number else "" for number in numeric] or [""] * len(cells)
    return (
        f"<tr>{''.join(f'<{tag}{m}>{c}</{tag}>' for m, c in zip(marks, cells, strict=True))}</tr>"
    )


def spanned() -> str:
    """Return a page with a table whose cells span rows and columns."""
    name = "Skola med så långt namn att det tar två rader"
    table = (
        "<tr><th rowspan=2>Enhet</th><th colspan=2>Utfall</th><th rowspan=2>Kommentar</th></tr>"
        "<tr><th>2024</th><th>2025</th></tr>"
        f"<tr><td rowspan=2>{name}</td><td>12</td><td>14</td><td>Fler elever</td></tr>"
        "<tr><td>3</td><td>4</td><td>Nya lokaler</td></tr>"
        "<tr><td colspan=4>Kultur och fritid</td></tr>"
        "<tr><td>Bad</td><td>9</td><td></td><td>Stängt</td></tr>"
    )
    body = f"<p>{TEXT}</p><table>{table}</table><p>{TEXT}</p>"
    return _page(LAYOUTS["grid"] + "td:first-child{width:35%}", body)


_RULES = {
    "all": "td,th{border:.5pt solid #000} ",
    "level": "th{border-bottom:1pt solid #000} td{border-bottom:.5pt solid #999} ",
    "none": "td{padding-bottom:8pt} ",
}


def long_table(rules: str) -> tuple[str, Rows]:
    """Return a table over several pages, its head on each, and the rows below its head."""
    rows = []
    for i in range(45):
        reason = f". {TEXT[: 100 + 40 * (i % 4)].rstrip()}" if i % 3 == 0 else ""
        rows.append((f"Åtgärd {i} prövas i nämnden{reason}", "Lokalnämnden", str(2020 + i % 7)))
    head = f"<thead>{_row(('Åtgärd', 'Ansvarig', 'År'), 'th')}</thead>"
    body = "".join(_row(row, "td") for row in rows)
    text = f"<p>{TEXT}</p>"
    return _page(_RULES[rules] + _BOLD, f"{text}<table>{head}{body}</table>{text}"), rows


def _table(*rows: Sequence[str], css: str = "") -> str:
    return f'<table style="{css}">{"".join(_row(row, "td") for row in rows)}</table>'


_DOTS = "." * 30
NO_TABLES = {
    "text in two columns": _page(
        "div{column-count:2} h4{margin:0 0 2mm}",
        f"<div>{''.join(f'<h4>Del {i}</h4><p>{TEXT}</p>' for i in range(8))}</div>",
    ),
    "letterhead and signatures": _page(
        "td{width:33%}",
        _table(
            ("Datum", "Diarienummer", "Sida"), ("2025-03-04", "LN 2025/14", "1 (3)"),
            ("Ert datum", "Er beteckning", ""),
        )
        + f"<h2>Yttrande</h2><p>{TEXT}</p>"
        + _table(("Vera Lindmark", "Olof Berg"), ("Ordförande", "Förvaltningschef"))
        + _table(
            ("Postadress", "Telefon", "E-post"), ("Box 12", "0911-123 45", "namnd@kommun.example"),
            ("961 00 Boden", "Org.nr", "www.kommun.example"), css="font-size:8pt;margin-top:60mm",
        ),
    ),
    "form with dotted lines": _page(
        "", f"<p>{TEXT}</p>" + _table(*((name, _DOTS, _DOTS[:14]) for name in
                                        ("Namn", "Adress", "Telefon", "Datum", "Ort")))
    ),
    "contents without leaders": _page(
        "td:last-child{text-align:right}", "<h2>Innehåll</h2>" + _table(
            *((f"{i} {name}", str(3 + 2 * i)) for i, name in
              enumerate(("Bakgrund", "Uppdraget", "Metod", "Resultat", "Förslag"), start=1)))
    ),
    "names in three columns": _page(
        "", f"<p>{TEXT}</p>" + _table(("Arvika", "Haparanda", "Piteå"), ("Boden", "Kalix", "Sala"),
                                      ("Eda", "Luleå", "Tierp"), ("Falun", "Mora", "Umeå"))
    ),
    "terms and what they mean": _page(
        "td:first-child{font-weight:bold;width:30%}",
        f"<p>{TEXT}</p>" + _table(*((word, TEXT[i * 20 : i * 20 + 150]) for i, word in
                                    enumerate(("Lokal", "Nämnd", "Förening", "Hus")))),
    ),
    "justified text in a frame": _page(
        ".b{border:1pt solid #000;padding:4mm;text-align:justify}",
        f"<p>{TEXT}</p><div class=b><p><b>Förslag:</b> {TEXT}</p></div><p>{TEXT}</p>",
    ),
    "numbered list": _page(
        "", f"<p>{TEXT}</p><ol>{''.join(f'<li>{TEXT[: 60 + i * 17]}</li>' for i in range(8))}</ol>"
    ),
}  # fmt: skip
