"""Files that a page hands over: named for people, never kept on the way."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from flask import Response, send_file

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]')


def attachment(content: bytes, kind: str, parts: Iterable[str], ending: str) -> Response:
    """`content` as a download named after `parts`."""
    response = send_file(
        io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=file_name(parts, ending)
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers.remove("Expires")  # that of files which never change
    return response


def file_name(parts: Iterable[str], ending: str) -> str:
    """The parts that are not empty, with an ending; no sign in it that a file system refuses."""
    name = _NOT_IN_FILE_NAMES.sub("-", " ".join(part for part in parts if part))
    # A header is one line, whatever a name holds.
    return " ".join(f"{name}.{ending}".split())
