"""What every result of scoring is: frozen, and the same after a way through JSON."""

from __future__ import annotations

import msgspec


class Result(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An immutable result; an unknown key in stored JSON is an error. Results are trees, never rings, so the
    collector need not look at them: a page of 200 people has a hundred thousand."""
