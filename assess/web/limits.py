"""How often a visitor may try something: `assess/people/tries.py` with the addresses of this request.

Where many do something rightly from one network address, as a whole office opens its links, only what
was wrong counts: `require` before, `count` afterwards.
"""

from __future__ import annotations

from flask import current_app, request

from assess.people import tries
from assess.people.tries import TryKind
from assess.web.services import services


def count(kind: TryKind, *, tries_allowed: int = tries.TRIES) -> None:
    """Counts a try by this network address. Raises `TooManyTries`."""
    _allow(kind, _network(), tries_allowed)


def count_for(kind: TryKind, address: str) -> None:
    """Counts a try by an e-mail address or a person, from wherever. Raises `TooManyTries`."""
    _allow(kind, f"for {address}", tries.TRIES)


def require(kind: TryKind) -> None:
    """Counts nothing; raises `TooManyTries` when this network address has none left."""
    tries.require(services().store, kind, _network(), services().now, key=_key())


def _allow(kind: TryKind, address: str, allowed: int) -> None:
    tries.allow(services().store, kind, address, services().now, key=_key(), tries=allowed)


def _network() -> str:
    """Behind proxies of ours (`ASSESS_PROXIES`) it is what they say, else who is connected."""
    return f"from {tries.network(request.remote_addr)}"


def _key() -> bytes:
    key = current_app.config["SECRET_KEY"]
    return key if isinstance(key, bytes) else str(key).encode()
