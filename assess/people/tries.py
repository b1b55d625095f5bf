"""How often somebody may try: counted in the database, so that limits hold over all processes and machines.

A key has as many places as tries are allowed; a try takes one that is free, or that was taken long enough
ago. Each is taken by one statement, so that of many at once not one more gets through. Places are kept under
a keyed hash of kind and address: who reads the table learns no address.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Literal, TypeAlias

from assess.errors import TooManyTries
from assess.store import Store
from assess.store.ids import parse_time, time_text

TryKind: TypeAlias = Literal["ask-link", "use-link", "open-link", "paper-code", "passkey"]

TRIES = 10
WITHIN = timedelta(minutes=15)
_HOUSEHOLD = 64
"""Bits of an IPv6 address that one subscriber has for sure: whoever has it has all that begin so."""


def allow(
    store: Store, kind: TryKind, address: str, now: datetime, *, key: bytes, tries: int = TRIES
) -> None:
    """Counts a try of `kind` by an e-mail address, a network address or an id.

    `key` hashes the address. Raises `TooManyTries`, which tells after how many seconds there is room; a try
    that is refused does not count.
    """
    hashed = _hashed(kind, address, key)
    since = time_text(now - WITHIN)
    with store.write() as q:
        places = {f"{hashed}-{number}" for number in range(tries)}
        taken = {row["id"]: row["at"] for row in q.tries_of(key=hashed, since=since)}
        for place in sorted(places - set(taken)):
            if q.take_try(id=place, key=hashed, now=time_text(now), since=since):
                return
    raise TooManyTries(_wait(min(taken.values(), default=time_text(now)), now))


def require(
    store: Store, kind: TryKind, address: str, now: datetime, *, key: bytes, tries: int = TRIES
) -> None:
    """As `allow`, but counts nothing: for what many do rightly from one network address, where only the
    wrong tries are to count. Whoever tried wrongly calls `allow` afterwards."""
    with store.read() as q:
        taken = [
            row["at"] for row in q.tries_of(key=_hashed(kind, address, key), since=time_text(now - WITHIN))
        ]
    if len(taken) >= tries:
        raise TooManyTries(_wait(min(taken), now))


def network(address: str | None) -> str:
    """What counts as one network address: an IPv4 address, or the first 64 bits of an IPv6 address."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return f"{int(found) >> _HOUSEHOLD:x}"
    return str(found)


def _hashed(kind: TryKind, address: str, key: bytes) -> str:
    told = f"{kind}\0{address}".encode("utf-8", "surrogatepass")
    return hmac.new(key, told, hashlib.sha256).hexdigest()


def _wait(oldest: str, now: datetime) -> int:
    return max(1, ceil((parse_time(oldest) + WITHIN - now).total_seconds()))
