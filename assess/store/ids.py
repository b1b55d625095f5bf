"""Ids, seeds and times as the database keeps them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime


def new_id(now: datetime, entropy: Callable[[int], bytes]) -> str:
    """A UUID of version 7 (RFC 9562) as 32 lower-case hex digits: sorts by millisecond, then at random.

    `entropy(n)` gives n random bytes. `now` must be aware; raises `ValueError` otherwise.
    """
    if now.tzinfo is None:
        raise ValueError("an id needs an aware time")
    milliseconds = int(now.timestamp() * 1000)
    random = int.from_bytes(entropy(10), "big")
    high = random >> 68
    low = random & ((1 << 62) - 1)
    return f"{milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low:032x}"


def new_seed(entropy: Callable[[int], bytes]) -> int:
    """A seed of 31 random bits: what an integer column of both engines keeps."""
    return int.from_bytes(entropy(4), "big") >> 1


def time_text(moment: datetime) -> str:
    """UTC ISO-8601 of one width (27 characters), so that text order is time order.

    Raises `ValueError` for a naive time.
    """
    if moment.tzinfo is None:
        raise ValueError("a stored time needs an aware time")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_time(text: str) -> datetime:
    """The aware UTC time that `time_text` wrote."""
    return datetime.fromisoformat(text)


def parse_time_or_none(text: str | None) -> datetime | None:
    return None if text is None else parse_time(text)
