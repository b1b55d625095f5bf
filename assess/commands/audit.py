"""`assess audit verify`: whether the log is what was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from assess.audit.chain import Fault, Verified
from assess.audit.chain import verify as verify_log
from assess.errors import AssessError
from assess.settings import Settings
from assess.store import open_store

Say = Callable[[str], None]

FAULTS: Mapping[Fault, str] = MappingProxyType(
    {
        "changed": "line {line} is not what was written: it was changed, inserted or moved",
        "missing": "line {line} is missing",
        "beginning": "line 1, or a line from before the log was a chain, was changed, deleted or inserted",
        "end": "from line {line} on the end is not what was written: lines were deleted or added",
        "noted": "line {line} is not the one that was noted: the log was written anew",
    }
)


def verify(settings: Settings, *, noted: str, say: Say, out: Say) -> None:
    """Prints number and hash of the newest line, to be kept elsewhere.

    Raises `AssessError` where the log was tampered with, and for a `noted` that is none.
    """
    with open_store(settings) as store:
        try:
            found = verify_log(store, noted)
        except ValueError as error:
            raise AssessError(f"{error}.") from error
    if found.fault is not None:
        raise AssessError(
            f"The log was tampered with: {FAULTS[found.fault].format(line=found.broken_at)}.",
            f"In order: {_lines(found.lines)} before it. Compare it with a back-up.",
        )
    say(_told(found))
    if found.head:
        out(found.head)


def _told(found: Verified) -> str:
    told = f"The log is whole: {_lines(found.lines)}."
    if found.before_chain and found.lines:
        told += f" Before them {_lines(found.before_chain)} from before it was a chain, as line 1 found them."
    elif found.before_chain:
        told += f" {_lines(found.before_chain)} from before it is a chain; the next one covers them."
    return told


def _lines(count: int) -> str:
    return f"{count:,} line" if count == 1 else f"{count:,} lines"
