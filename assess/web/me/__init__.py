"""The blueprint of a person's own pages: what to do, results, sharing, who has looked, the own data.

Each view reads the request, calls one use case and shows its result; it decides nothing.
"""

from __future__ import annotations

from assess.web.me import data, home, results
from assess.web.me.blueprint import blueprint

__all__ = ["blueprint", "data", "home", "results"]
