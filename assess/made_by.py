"""What documents are made by: one fingerprint of everything of the program that decides what stands in them.

A document that is kept is current only while this is the same: the number of a version alone does not change
between two deployments of a branch. What it is made *of* stands beside this, where it is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import assess

PARTS = (("reports", ""), ("assess", "scoring"), ("assess", "language"))
"""Package and folder in it: templates, styles, charts, catalogues and the code that turns profiles into
words. The questionnaire's own are not here: a wave keeps them, under a hash that each document knows."""


@lru_cache(maxsize=1)
def made_by() -> str:
    """SHA-256 (hex) of the program's files in `PARTS`, read once in a process (about ten milliseconds).

    Server and worker call it as they begin, so that it is of the files that they run.
    """
    return fingerprint_of(_folder(package) / inside for package, inside in PARTS)


def fingerprint_of(folders: Iterable[Path]) -> str:
    """SHA-256 (hex) of all files beneath, by name and content; where the folders lie does not matter, nor
    what Python has compiled."""
    digest = hashlib.sha256(assess.__version__.encode())
    for folder in folders:
        digest.update(b"\0folder")
        for file in sorted(file for file in folder.rglob("*") if _counts(file)):
            content = file.read_bytes()
            digest.update(f"\0{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _counts(file: Path) -> bool:
    return file.is_file() and file.parent.name != "__pycache__" and not file.name.startswith(".")


def _folder(package: str) -> Path:
    """Where a package lies, without importing it: rooms above this one are among them."""
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None  # it has an `__init__.py`
    return Path(found.origin).parent
