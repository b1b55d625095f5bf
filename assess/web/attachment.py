"""Files that a page hands over: named for people, never kept on the way."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, send_file
from werkzeug.http import dump_options_header

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]')

_PLAIN = str.maketrans(
    {
        **{"æ": "ae", "Æ": "Ae", "ø": "oe", "Ø": "Oe", "å": "aa", "Å": "Aa"},
        **{"ä": "ae", "Ä": "Ae", "ö": "oe", "Ö": "Oe", "ü": "ue", "Ü": "Ue", "ß": "ss"},
        **{"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"},
        **{"–": "-", "—": "-", "’": "'", "“": "'", "”": "'"},
    }
)


def attachment(content: bytes, kind: str, parts: Iterable[str], ending: str) -> Response:
    """`content` as a download named after `parts`."""
    response = send_file(
        io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=f"file.{ending}"
    )
    response.headers["Content-Disposition"] = disposition(file_name(parts, ending))
    response.headers["Cache-Control"] = "no-store"
    response.headers.remove("Expires")  # that of files which never change
    return response


def file_name(parts: Iterable[str], ending: str) -> str:
    """The parts that are not empty, with an ending; no sign in it that a file system refuses."""
    name = _NOT_IN_FILE_NAMES.sub("-", " ".join(part for part in parts if part))
    # A header is one line, whatever a name holds.
    return " ".join(f"{name}.{ending}".split())


def disposition(name: str) -> str:
    """The header that names a download: in ASCII for old programmes, as Danes and Swedes write their letters
    where they have none, and whole (RFC 6266). A header with any other letter in it reaches nobody as meant.
    """
    written = unicodedata.normalize("NFC", name).translate(_PLAIN)
    plain = " ".join(unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().split())
    return dump_options_header(
        "attachment", {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}
    )
