"""What every result of scoring is: frozen, and the same after a way through JSON."""

from __future__ import annotations

import msgspec


class Result(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An immutable result; an unknown key in stored JSON is an error."""
