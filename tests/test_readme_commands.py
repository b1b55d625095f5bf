"""The commands of the README's tour do what a newcomer who types them expects."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from assess.cli import main
from reports.pdf import Rendered

ROOT = Path(__file__).parents[1]
TYPED = re.findall(r"^ +assess (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_tour_shows_every_command_that_works_on_files() -> None:
    of_sheets = {"check", "score", "report", "match"}
    of_measurement = {"reliability", "quality", "agreement", "change", "norms", "manual"}
    assert {call.split()[0] for call in TYPED} == of_sheets | of_measurement


@pytest.mark.parametrize("call", TYPED)
def test_a_command_of_the_tour_works(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    # Paper is slow, and tested where it is made.
    monkeypatch.setattr("assess.commands.reporting.static_fonts", lambda cache: None)
    monkeypatch.setattr("assess.commands.reporting.render", lambda view, fonts: b"%PDF")
    monkeypatch.setattr("assess.commands.manual.static_fonts", lambda cache: None)
    monkeypatch.setattr("assess.commands.manual.render_document", lambda view, fonts: Rendered(b"%PDF", 1))
    words = shlex.split(call)
    output = None
    if "-o" in words:
        place = words.index("-o") + 1
        output = tmp_path / words[place]
        words[place] = str(output)
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.stderr
    assert output or result.stdout or result.stderr
    assert output is None or output.stat().st_size > 0
