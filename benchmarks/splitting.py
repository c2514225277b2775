"""Times what is made of documents after reading: units, stances, addressees and citations.

Usage: python benchmarks/splitting.py [--files PATH]... [--repeat N] [--write]

One process on one core. Each document is read before the clock starts; what is timed is what a
build does with it then, without the proof of its quotes and the store. Prints seconds for 100
pages by kind of document and for all: the median over the rounds.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import click
from figures import put
from reading import chosen_files, files_option

from analysis.citations import citations
from analysis.referents import introduced
from analysis.split import split
from corpus.actors import Gazetteer, load_gazetteer
from corpus.models import Document
from ingest import read_document

ROW = "{:14}{:>10}{:>7}{:>9}{:>12}{:>12}{:>12}"
Times = tuple[float, float]
"""Seconds for the units and for the citations of a document."""


def timed(document: Document, known: Gazetteer) -> Times:
    """Return how long the units and the citations of a document take."""
    started = time.perf_counter()
    split(document, introduced(document, known))
    parted = time.perf_counter()
    citations(document)
    return parted - started, time.perf_counter() - parted


def rounds(documents: Sequence[Document], known: Gazetteer, repeat: int) -> list[Times]:
    """Return the median times of each document, after one round that nothing counts."""
    all_times = [[timed(document, known) for document in documents] for _ in range(repeat + 1)][1:]
    return [
        (median(units for units, _ in times), median(cited for _, cited in times))
        for times in zip(*all_times, strict=True)
    ]


def table(documents: Sequence[Document], times: Sequence[Times]) -> str:
    """Return the table: a row for each kind of document, and one for all."""
    kinds: dict[str, list[tuple[int, Times]]] = defaultdict(list)
    for document, taken in zip(documents, times, strict=True):
        for name in (document.doctype, "all"):
            kinds[name].append((len(document.pages), taken))
    lines = [ROW.format("", "", "", "", "units", "citations", "both")]
    lines += [ROW.format("kind", "documents", "pages", "seconds", *["s/100 pages"] * 3)]
    for name in sorted(kinds, key=lambda name: (name == "all", name)):
        pages = sum(count for count, _ in kinds[name])
        units = sum(taken[0] for _, taken in kinds[name])
        cited = sum(taken[1] for _, taken in kinds[name])
        shares = [f"{100 * part / pages:.2f}" for part in (units, cited, units + cited)]
        lines.append(ROW.format(name, len(kinds[name]), pages, f"{units + cited:.2f}", *shares))
    return "\n".join(lines)


@click.command(help=__doc__)
@files_option
@click.option("--repeat", default=3, type=click.IntRange(min=1), help="Rounds.")
@click.option("--write", is_flag=True, help="Write the table into the README.")
def main(files: tuple[Path, ...], repeat: int, write: bool) -> None:
    """Print the table, and write it into the README if that is asked for."""
    known = load_gazetteer(())
    documents = []
    for path in chosen_files(files):
        click.echo(f"reading {path.name}", err=True)
        documents.append(read_document(path, gazetteer=known))
    made = table(documents, rounds(documents, known, repeat)) + "\n"
    click.echo(made, nl=False)
    if write:
        put({"splitting": made})


if __name__ == "__main__":
    main()
