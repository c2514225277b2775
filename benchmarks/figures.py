"""Writes what the program prints into the README, between the marks that name each block.

Usage: python benchmarks/figures.py (``make docs``); without ../shared, those of real documents
are left.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from rodtrad.cli import DEFAULT_PORT
from rodtrad.cli import main as cli
from rodtrad.evaluation import printed
from rodtrad.pipeline import Options, build

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SHARED = ROOT.parent / "shared"
GOLD = {
    "sample": (ROOT / "corpus" / "sample", ROOT / "corpus" / "sample" / "gold"),
    "seeds": (SHARED / "seeds" / "pdf", SHARED / "gold"),
    "dev": (SHARED / "real" / "text", ROOT / "benchmarks" / "gold" / "dev"),
    "test": (SHARED / "real" / "text", ROOT / "benchmarks" / "gold" / "test"),
}
"""Name of a block in the README, the documents to build and the gold to measure against."""

SERVING = f"Rödtråd is at http://127.0.0.1:{DEFAULT_PORT}/ (stop with Ctrl+C)"


def block(name: str) -> re.Pattern[str]:
    """Return the pattern of a block of figures; its second group is the figures."""
    return re.compile(rf"(<!-- figures: {name} -->\n```text\n)(.*?)(```)", re.DOTALL)


def put(blocks: dict[str, str]) -> None:
    """Write figures into the README's blocks of those names."""
    text = README.read_text("utf-8")
    for name, content in blocks.items():
        text, count = block(name).subn(lambda found, new=content: found[1] + new + found[3], text)
        if count != 1:
            raise ValueError(f"{README.name} has {count} blocks of figures named {name}, not one")
    README.write_text(text, "utf-8")


def measured(name: str) -> str:
    """Return what ``rodtrad evaluate --no-misses`` prints for a corpus built anew."""
    documents, gold = GOLD[name]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "corpus.db"
        build(database, [documents], Options())
        return printed(database, gold, misses=False).rstrip() + "\n"


def transcript() -> str:
    """Return what a first build, a second one and a proof of the quotes print."""
    lines = []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("my-documents").symlink_to(GOLD["sample"][0])
        for command in ("build corpus.db my-documents", "build corpus.db my-documents"):
            lines += [f"$ rodtrad {command}", _printed(command)]
        lines += ["$ rodtrad verify corpus.db", _printed("verify corpus.db")]
    return "\n".join([*lines, "$ rodtrad serve corpus.db", SERVING]) + "\n"


def _printed(command: str) -> str:
    return CliRunner().invoke(cli, command.split()).output.strip()


def at_hand() -> Iterator[str]:
    """Yield the names of the blocks whose documents are on this machine."""
    return (name for name, (documents, _gold) in GOLD.items() if documents.is_dir())


def main() -> None:
    """Rewrite the README's blocks."""
    put({"use": transcript()} | {name: measured(name) for name in at_hand()})


if __name__ == "__main__":
    main()
