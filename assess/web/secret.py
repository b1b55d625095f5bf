"""The key that signs cookies and form tokens: made on first run, kept beside the database."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from assess.errors import SettingsError
from assess.settings import private_folder

NAME = "secret-key"
_LENGTH = 32
"""Bytes; the file holds them as hexadecimal digits."""


def secret_key(data: Path) -> bytes:
    """The key of this installation, 32 bytes, generated on the first call and the same ever after.

    Several processes may start at once: the key is written whole to a file of its own and then linked to
    its name, which succeeds for exactly one of them. The file is readable by its owner only. Raises
    `SettingsError` when the folder cannot be written or the file holds something else.
    """
    path = data / NAME
    try:
        if not path.exists():
            private_folder(data)
            _create(path)
        key = bytes.fromhex(path.read_text("ascii").strip())
    except OSError as error:
        raise SettingsError(
            f"The secret key {path} cannot be read or written: {error.strerror}.",
            "Check ASSESS_DATA and who owns it",
        ) from error
    except ValueError as error:
        raise _spoilt(path) from error
    if len(key) != _LENGTH:
        raise _spoilt(path)
    return key


def _create(path: Path) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{NAME}-")  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_LENGTH) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)
    except FileExistsError:
        pass  # another process was first; its key is the one
    finally:
        Path(name).unlink()


def _spoilt(path: Path) -> SettingsError:
    return SettingsError(
        f"{path} does not hold a secret key.", "Remove the file; a new key is made at the next start"
    )
