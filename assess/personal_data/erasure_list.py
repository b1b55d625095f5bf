"""The list of erased people outside the database: what a restored back-up must forget again.

One line of JSON for each erasure, `{"person": id, "at": time}`: ids only. It is appended to and made durable
before the database commits, so that no erasure can be lost; one line too many only erases again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assess.errors import SettingsError
from assess.settings import Settings, private_folder
from assess.store.ids import parse_time, time_text


@dataclass(frozen=True, slots=True)
class Erased:
    person_id: str
    at: datetime


def append(settings: Settings, person_id: str, now: datetime) -> None:
    """Adds a line, on the disk when this returns. Raises `SettingsError` where it cannot be written: then
    nobody is erased."""
    path = settings.erasures
    line = json.dumps({"person": person_id, "at": time_text(now)}) + "\n"
    try:
        private_folder(path.parent)
        is_new = not path.exists()
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if not is_new and not _ends_with_a_line(path):
                line = "\n" + line  # a crash has cut the one before
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            _sync_folder(path.parent)
    except OSError as error:
        raise SettingsError(
            f"The list of erasures cannot be written: {path}.",
            "See ASSESS_ERASURE_LIST, its disk and rights.",
        ) from error


def erased(settings: Settings) -> Iterator[Erased]:
    """The lines of the list, oldest first; what cannot be read is left out: `unreadable`. No list: nobody."""
    for _, found in _lines(settings):
        if found is not None:
            yield found


def unreadable(settings: Settings) -> tuple[int, ...]:
    """Numbers of the lines, from 1, that name nobody: cut by a crash, or damaged."""
    return tuple(number for number, found in _lines(settings) if found is None)


def _lines(settings: Settings) -> Iterator[tuple[int, Erased | None]]:
    if not settings.erasures.is_file():
        return
    text = settings.erasures.read_bytes().decode(errors="replace")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _read(line)


def _read(line: str) -> Erased | None:
    try:
        found = json.loads(line)
        person_id = found["person"]
        return Erased(person_id, parse_time(found["at"])) if isinstance(person_id, str) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _ends_with_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
