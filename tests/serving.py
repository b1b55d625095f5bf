"""An SQLite file and a data folder with fonts, for tests that serve pages."""

from __future__ import annotations

import shutil
from pathlib import Path

from assess.settings import Settings, from_environment
from reports.fonts import static_fonts


def shared_fonts(temporary: Path) -> Path:
    """Fonts made once for all tests of this machine, in `temporary`."""
    folder = temporary / "report-fonts"
    static_fonts(folder)
    return folder


def sqlite_settings(template: Path, fonts: Path, folder: Path) -> Settings:
    """Settings for a copy of the migrated file `template` in `folder`, with the shared fonts.

    The web adds nothing that differs between engines: its tests need only one.
    """
    shutil.copy(template, folder / "assess.sqlite")
    (folder / "data").mkdir()
    (folder / "data" / "fonts").symlink_to(fonts)
    return from_environment(
        {"ASSESS_DATABASE": str(folder / "assess.sqlite"), "ASSESS_DATA": str(folder / "data")}
    )
