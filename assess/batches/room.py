"""Whether there is room for more: asked before anything is made, so that there is still room to say so."""

from __future__ import annotations

from assess.store import Store

LEAST_ROOM = 256 * 1024**2
"""Bytes that must be free on the database's disk: answers come before documents."""


def has_room(store: Store) -> bool:
    """Whether documents may be made. Where the disk cannot be seen from here (PostgreSQL) there is room until
    the database says otherwise."""
    free = store.engine.free()
    return free is None or free >= LEAST_ROOM
