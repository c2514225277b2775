"""The command line: words for a person, exit statuses for a script, and nothing else.

Exit statuses: 0 done, 1 failed, 2 wrong usage, 3 done with problems.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from corpus.errors import RodtradError

if TYPE_CHECKING:
    from ingest.recognition import Ocr
    from rodtrad.pipeline import Options, Outcome
    from rodtrad.quotes import QuoteReport

FAILED = 1
WITH_PROBLEMS = 3
DEFAULT_PORT = 8001
SHOWN_PROBLEMS = 20
"""Problems told one by one at the end of a build; all of them are in the table."""

P = ParamSpec("P")
_DATABASE = click.argument("database", metavar="DB", type=click.Path(path_type=Path))
_PATHS = click.argument(
    "paths",
    metavar="PATH…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
_PORT = click.option(
    "--port",
    "-p",
    type=click.IntRange(0, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    help="Port; 0 takes a free one.",
)
_HOST = click.option("--host", "-h", default="127.0.0.1", show_default=True, help="Address.")


def worded(command: Callable[P, None]) -> Callable[P, None]:
    """Turn an error that Rödtråd raises on purpose into one line and exit status 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except RodtradError as error:
            click.echo(f"Error: {_one_line(str(error))}", err=True)
            sys.exit(FAILED)
        except sqlite3.Error as error:
            message = f"the database can't be used ({error}): run rodtrad verify, or use a copy"
            click.echo(f"Error: {_one_line(message)}", err=True)
            sys.exit(FAILED)

    return run


def _one_line(text: str) -> str:
    """Return a message with the line breaks and control signs of file names made harmless."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )


@click.group(context_settings={"help_option_names": ["--help"], "max_content_width": 100})
@click.version_option(package_name="rodtrad", prog_name="rodtrad")
def main() -> None:
    """Read Swedish policy documents, link what belongs together, and publish it as a Datasette.

    \b
    Begin with:
      rodtrad demo
      rodtrad build corpus.db my-documents/
      rodtrad serve corpus.db
    """


@main.command()
@_DATABASE
@_PATHS
@click.option("--jobs", "-j", type=click.IntRange(1), help="Processes.  [default: one a core]")
@click.option("--force", is_flag=True, help="Read every file again, changed or not.")
@click.option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    show_default=True,
    help="Recognise pages that are pictures: where needed, none, or all.",
)
@click.option(
    "--encoder",
    metavar="NAME",
    help="'static' for big corpora, or a sentence-transformers model by name or folder.",
)
@_JSON
@worded
def build(
    database: Path,
    paths: tuple[Path, ...],
    jobs: int | None,
    force: bool,
    ocr: Ocr,
    encoder: str | None,
    as_json: bool,
) -> None:
    """Read files and folders into DB: split, link and verify; only what has changed.

    Reads PDF, DOCX, HTML and TXT; a corpus.yml in a folder names its documents and adds bodies.

    \b
    Example:
      rodtrad build corpus.db my-documents/
    """
    from rodtrad.pipeline import Options

    jobs = jobs or os.cpu_count() or 1
    options = Options(jobs=jobs, force=force, encoder=encoder, ocr=ocr)
    if _build(database, paths, options, as_json=as_json).problems:
        sys.exit(WITH_PROBLEMS)


def _build(
    database: Path, paths: tuple[Path, ...], options: Options, *, as_json: bool = False
) -> Outcome:
    """Build, tell what came of it, and return it."""
    from rodtrad.pipeline import build

    try:
        outcome = build(database, paths, options, _tell_progress)
    except KeyboardInterrupt:
        click.echo("Stopped; what was read is kept. Run the same command to go on.", err=True)
        sys.exit(FAILED)
    _tell_problems(outcome)
    if as_json:
        click.echo(json.dumps(_summary(outcome), ensure_ascii=False, indent=2))
    else:
        click.echo(_sentence(database, outcome))
    return outcome


def _tell_progress(line: str) -> None:
    click.echo(_one_line(line), err=True)


def _tell_problems(outcome: Outcome) -> None:
    for problem in outcome.problems[:SHOWN_PROBLEMS]:
        click.echo(_one_line(f"Problem: {problem.source}: {problem.message}"), err=True)
    if len(outcome.problems) > SHOWN_PROBLEMS:
        click.echo(
            f"… and {len(outcome.problems) - SHOWN_PROBLEMS} more, in the table problems.", err=True
        )
    if outcome.quotes.problems:
        click.echo(
            f"Error: {len(outcome.quotes.problems)} of {outcome.quotes.checked} quotes do not stand"
            " in their source; see the table problems.",
            err=True,
        )


def _summary(outcome: Outcome) -> dict[str, Any]:
    return {
        "read": outcome.read,
        "unchanged": outcome.unchanged,
        **outcome.counts,
        "quotes_verified": outcome.quotes.checked - len(outcome.quotes.problems),
        "quotes_failed": len(outcome.quotes.problems),
        "problems": len(outcome.problems),
        "new": sorted(key for c in outcome.changes.values() for key in c.new),
        "changed": sorted(key for c in outcome.changes.values() for key in c.changed),
        "withdrawn": sorted(key for c in outcome.changes.values() for key in c.withdrawn),
    }


def _sentence(database: Path, outcome: Outcome) -> str:
    counts = outcome.counts
    holds = (
        f"{database} holds {counts['documents']} documents, {counts['pages']} pages,"
        f" {counts['recommendations']} recommendations, {counts['links']} links and"
        f" {counts['evidence']} pieces of evidence."
    )
    if outcome.nothing_new:
        return f"Nothing new. {holds}"
    quotes = outcome.quotes
    return (
        f"{holds}\n{outcome.read} files read, {outcome.unchanged} unchanged;"
        f" {quotes.checked - len(quotes.problems)} of {quotes.checked} quotes verified."
    )


@main.command()
@_DATABASE
@_JSON
@worded
def verify(database: Path, as_json: bool) -> None:
    """Prove every quote in DB against its page; exit status 3 if one does not stand there.

    \b
    Example:
      rodtrad verify corpus.db
    """
    from corpus.database import open_database
    from rodtrad.quotes import verify as prove

    with closing(open_database(database, create=False)) as db:
        report = prove(db)
    if as_json:
        failed = [
            {"source": p.source, "page": p.page, "message": p.message} for p in report.problems
        ]
        click.echo(
            json.dumps(
                {
                    "checked": report.checked,
                    "in_boxes": report.in_boxes,
                    "recognised": report.recognised,
                    "in_files": report.in_files,
                    "failed": failed,
                }
            )
        )
    else:
        for problem in report.problems:
            click.echo(_one_line(f"Problem: {problem.source}: {problem.message}"), err=True)
        click.echo(
            f"{report.checked - len(report.problems)} of {report.checked} quotes verified,"
            f" {report.in_boxes} of them by the characters inside their boxes"
            f"{_other_proofs(report)}."
        )
    if report.problems:
        sys.exit(WITH_PROBLEMS)


def _other_proofs(report: QuoteReport) -> str:
    """Return how many quotes were proved without characters on a page, if any."""
    ways = (
        (report.recognised, "by the text recognised on their pages"),
        (report.in_files, "in the text of their file"),
    )
    return "".join(f", {count} {way}" for count, way in ways if count)


@main.command()
@_DATABASE
@click.argument("gold", metavar="GOLD", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--misses/--no-misses",
    default=None,
    help="List what was missed and what was false.  [default: unless GOLD is held out]",
)
@click.option(
    "--texts",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the texts lie that stand-off gold points into.",
)
@_JSON
@worded
def evaluate(
    database: Path, gold: Path, misses: bool | None, texts: Path | None, as_json: bool
) -> None:
    """Measure DB against GOLD: precision, recall and F1 by document and kind.

    GOLD is a folder with units.json and, if there, links.json, evidence.json, facts.json and a
    structure/ of how each document should be read; or one with gold.json, which points into texts
    that lie elsewhere and also measures citations and answers.

    \b
    Example:
      rodtrad evaluate corpus.db gold/
    """
    from rodtrad.evaluation import (
        evaluate_database,
        facts_of_database,
        printed,
        structure_of_database,
    )

    if not as_json:
        click.echo(printed(database, gold, misses=misses, texts=texts))
        return
    content = evaluate_database(database, gold, texts=texts, misses=misses).as_json()
    structure = structure_of_database(database, gold)
    if structure.total is not None:
        content["structure"] = structure.as_json()
    facts = facts_of_database(database, gold)
    if facts.checked:
        content["facts"] = facts.as_json()
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


@main.command()
@_DATABASE
@click.argument("text", metavar="TEXT")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Most hits.")
@click.option("--doctype", default="", help="Only documents of this kind, such as audit.")
@click.option("--document", default="", metavar="ID", help="Only this document.")
@click.option("--sender", default="", metavar="ID", help="Only documents of this body.")
@click.option("--year", default="", help="Only documents of this year.")
@click.option("--kind", default="", help="Only these: measure, recommendation, …, or passage.")
@click.option("--stance", default="", help="Only positions with this stance, such as oppose.")
@click.option("--json", "form", flag_value="json", help="Write the hits as JSON.")
@click.option("--nl", "form", flag_value="nl", help="Write the hits as JSON, one a line.")
@click.option("--csv", "form", flag_value="csv", help="Write the hits as CSV.")
@click.option("--table", "form", flag_value="table", help="Write the hits as a table.")
@worded
def search(database: Path, text: str, limit: int, form: str | None, **narrow: str) -> None:
    """Search DB for TEXT: words, their Swedish forms and their meaning, the best first.

    All words must stand there; the last may be the beginning of one, "a phrase" in quotes is taken
    to the letter. Recommendations that mean the same are found too. A misspelt word finds the
    nearest one that the documents have.

    \b
    Example:
      rodtrad search corpus.db 'utbildning av vikarier' --kind recommendation
    """
    from corpus.search import Narrow
    from rodtrad.searching import find, tell

    warn = partial(click.echo, err=True)
    found, rows = find(database, text, Narrow(**narrow), limit, warn)
    tell(found, rows, form)


@main.command()
@_JSON
def doctor(as_json: bool) -> None:
    """Tell what is installed and what is missing, and what to do about it.

    Options that are missing are no failure; exit status 1 if something is that is required.

    \b
    Example:
      rodtrad doctor
    """
    from rodtrad.doctor import examine, worded

    findings = examine()
    if as_json:
        click.echo(json.dumps([finding._asdict() for finding in findings], indent=2))
    else:
        click.echo("\n".join(map(worded, findings)))
    if any(finding.state == "missing" for finding in findings):
        sys.exit(FAILED)


@main.command()
@_DATABASE
@_PORT
@_HOST
@worded
def serve(database: Path, port: int, host: str) -> None:
    """Serve DB as a Datasette with Rödtråd's pages, on this machine only.

    \b
    Example:
      rodtrad serve corpus.db --port 8001
    """
    from rodtrad.serving import serve as run

    run(database, host, port)


@main.command()
@click.option("--no-serve", is_flag=True, help="Only build.")
@click.option(
    "--database",
    metavar="DB",
    default="rodtrad-demo.db",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where to build.",
)
@_PORT
@_HOST
@worded
def demo(no_serve: bool, database: Path, port: int, host: str) -> None:
    """Build the sample corpus that comes with Rödtråd, and serve it.

    \b
    Example:
      rodtrad demo --no-serve
    """
    from rodtrad.pipeline import Options
    from rodtrad.serving import sample, serve

    outcome = _build(database, (sample(),), Options())
    if not no_serve:
        serve(database, host, port)
    elif outcome.problems:
        sys.exit(WITH_PROBLEMS)
