"""What documents are made by: any change of the words, templates or code behind them, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from assess.made_by import PARTS, fingerprint_of, made_by

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return program(tmp_path / "here")


def program(folder: Path) -> Path:
    (folder / "templates").mkdir(parents=True)
    (folder / "templates" / "personal.html").write_text("<h1>What now?</h1>")
    (folder / "language").mkdir()
    (folder / "language" / "da.po").write_text('msgid "a"\nmsgstr "b"\n')
    return folder


def test_where_it_lies_and_what_python_has_compiled_do_not_count(folder: Path, tmp_path: Path) -> None:
    before = fingerprint_of([folder])
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "view.pyc").write_bytes(b"x")
    assert fingerprint_of([folder]) == before == fingerprint_of([program(tmp_path / "there")])


@pytest.mark.parametrize("file", ["templates/personal.html", "language/da.po", "language/sv.po"])
def test_any_other_file_counts(folder: Path, file: str) -> None:
    before = fingerprint_of([folder])
    (folder / file).write_text("other words")
    assert fingerprint_of([folder]) != before


def test_a_file_that_moves_counts(folder: Path) -> None:
    before = fingerprint_of([folder])
    (folder / "language" / "da.po").rename(folder / "language" / "sv.po")
    assert fingerprint_of([folder]) != before


def test_reports_with_all_their_words_are_among_it_and_nothing_is_imported_for_it() -> None:
    assert ("reports", "") in PARTS
    assert ("assess", "language") in PARTS
    code = "import sys\nfrom assess.made_by import made_by\nprint(made_by(), 'reports' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == [made_by(), "False"]
