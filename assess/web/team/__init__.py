"""The blueprint of leaders: whom to rate, how far the own units are, what people share.

Each view reads the request, calls one use case and shows its result; it decides nothing.
"""

from __future__ import annotations

from assess.web.team import files, home
from assess.web.team.blueprint import blueprint

__all__ = ["blueprint", "files", "home"]
