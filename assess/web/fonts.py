"""The fonts of pages and PDFs: made once for each installation, served from our own address."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assess.web.services import services
from reports.fonts import Face, Fonts, static_fonts

FOLDER = "fonts"


def prepare(data: Path) -> Fonts:
    """The fonts in the data folder, made now if they are missing (about two seconds, once)."""
    return _made(data / FOLDER)


def fonts() -> Fonts:
    """The fonts of the application that answers this request."""
    return prepare(services().settings.data)


def screen_faces() -> tuple[Face, ...]:
    """The upright faces: pages have no italics."""
    return tuple(face for face in fonts().faces if face.style == "normal")


@lru_cache(maxsize=4)
def _made(folder: Path) -> Fonts:
    return static_fonts(folder)
