"""Static instances of Source Sans 3: TrueType for paper, WOFF2 for the web, made once and kept in a folder.

The package holds only the two variable files. WeasyPrint embeds static ones faster and validly (PDF/UA), and
browsers load a subset of 30 kB a face instead of 600. fontTools is imported only when something is made.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FAMILY = "Source Sans 3"
_RECIPE = "3"
"""Changes whenever the files would come out differently, so that an old folder is not reused."""

_UNICODES = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),
    range(0x218, 0x21C),
    range(0x1EA0, 0x1EFA),
    (0x2C6, 0x2DA, 0x2DC, 0x1E9E),
    range(0x2010, 0x2027),
    (0x2026, 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122),
    (0x2190, 0x2191, 0x2192, 0x2193, 0x2194, 0x2212, 0x2215, 0x221A, 0x2248, 0x2260, 0x2264, 0x2265),
    (0x25A1, 0x25C6, 0x25CF, 0x2610, 0x2713, 0xFFFD),
)
_FEATURES = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "case", "frac")


@dataclass(frozen=True, slots=True)
class Face:
    """One static instance. `ttf` is for paper, `woff2` for the web."""

    weight: int
    style: str
    ttf: Path
    woff2: Path


@dataclass(frozen=True, slots=True)
class Fonts:
    """The faces in one folder; file names carry the recipe and version, so they may be cached for ever."""

    folder: Path
    faces: tuple[Face, ...]


_INSTANCES = ((400, "normal"), (600, "normal"), (400, "italic"))


def static_fonts(cache: Path) -> Fonts:
    """The fonts in `cache`, made there first if they are missing (about two seconds, once).

    Safe for several processes at the same time: every file is written elsewhere and moved into place whole.
    Raises `OSError` when the folder cannot be written.
    """
    faces = tuple(_face(cache, weight, style) for weight, style in _INSTANCES)
    for face in faces:
        if not (face.ttf.is_file() and face.woff2.is_file()):
            cache.mkdir(parents=True, exist_ok=True)
            _make(face)
    return Fonts(cache, faces)


def _face(cache: Path, weight: int, style: str) -> Face:
    name = f"source-sans-3-{_version()}-{weight}-{style}"
    return Face(weight, style, cache / f"{name}.ttf", cache / f"{name}.woff2")


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415  (costs 20 ms of every command's start)

    return hashlib.sha256(f"{_RECIPE} {version('fontpkg-source-sans-3')}".encode()).hexdigest()[:8]


def _make(face: Face) -> None:
    import fontpkg  # noqa: PLC0415  (heavy, and only needed once for each machine)
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib import instancer  # noqa: PLC0415

    font = TTFont(fontpkg.path(FAMILY, face.weight, face.style))
    _subset(font)  # before the instance: a tenth of the glyphs is a tenth of the work
    font = instancer.instantiateVariableFont(font, {"wght": face.weight}, updateFontNames=True)
    _write(font, face.ttf, None)
    _write(font, face.woff2, "woff2")


def _subset(font: TTFont) -> None:
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415

    options = Options()
    options.layout_features = list(_FEATURES)
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for codes in _UNICODES for code in codes])
    subsetter.subset(font)


def _write(font: TTFont, path: Path, flavor: str | None) -> None:
    """Whole or not at all: a reader never meets half a font."""
    font.flavor = flavor
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    os.close(handle)
    try:
        font.save(name)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
