"""Where results go: a file or standard output, and what becomes of it when it cannot be written."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, TextIO, cast

from assess.errors import AssessError

STANDARD_OUTPUT = "-"
SPREADSHEETS = (".xlsx", ".xls", ".ods")
"""Names of files that only a spreadsheet writes; text under such a name is refused by every spreadsheet."""


@contextmanager
def open_output(name: str) -> Iterator[TextIO]:
    """A UTF-8 text stream onto the file `name`, or onto standard output for `-`; line ends stay as written.

    All is written, or known not to be, when the block ends. Raises `OSError` that names the output, and
    `AssessError` for a name in `SPREADSHEETS`.
    """
    if name.casefold().endswith(SPREADSHEETS):
        raise AssessError(
            f"{name}: what is written is text, and no spreadsheet would open it under this name.",
            "Name it .csv and write it with --format excel, where the command has it: "
            "Excel opens that with a double click.",
        )
    with open_binary_output(name) as binary:
        stream = io.TextIOWrapper(cast("io.BufferedWriter", binary), encoding="utf-8", newline="")
        try:
            yield stream
            stream.flush()
        finally:
            # Left to itself the wrapper would close what it wraps, standard output too.
            with suppress(OSError):
                stream.detach()


@contextmanager
def open_binary_output(name: str) -> Iterator[BinaryIO]:
    """As `open_output`, for bytes."""
    try:
        if name == STANDARD_OUTPUT:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        else:
            with open(name, "wb") as file:
                yield file
    except OSError as error:
        error.filename = error.filename or ("standard output" if name == STANDARD_OUTPUT else name)
        raise


def abandon_standard_output() -> None:
    """What still waits to be written goes nowhere, so that the end of the process does not try again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
