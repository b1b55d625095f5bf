"""An SQLite file and a data folder with fonts, for tests that serve pages. The `conftest.py` of those tests
takes the fixtures from here: the web adds nothing that differs between engines, so they need only one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assess.settings import Settings, from_environment

if TYPE_CHECKING:
    from assess.store import Store


@pytest.fixture(scope="session")
def font_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fonts made once for all tests of this machine."""
    from reports.fonts import static_fonts

    folder = tmp_path_factory.getbasetemp().parent / "report-fonts"
    static_fonts(folder)
    return folder


@pytest.fixture
def settings(sqlite_template: Path, font_folder: Path, quick_folder: Path) -> Settings:
    """Settings for a copy of the migrated file, with the shared fonts."""
    shutil.copy(sqlite_template, quick_folder / "assess.sqlite")
    (quick_folder / "data").mkdir()
    (quick_folder / "data" / "fonts").symlink_to(font_folder)
    return from_environment(
        {"ASSESS_DATABASE": str(quick_folder / "assess.sqlite"), "ASSESS_DATA": str(quick_folder / "data")}
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    from assess.store import open_store

    with open_store(settings) as opened:
        yield opened
