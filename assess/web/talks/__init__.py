"""The blueprint of development talks: planning, preparing alone, the brief, agreements, notes, who is shown.

Each view reads the request, calls one use case and shows its result; it decides nothing.
"""

from __future__ import annotations

from assess.web.talks import (
    agreements,
    brief,
    calendar,
    home,
    notes,
    page,
    planning,
    preparing,
    showing,
    writing,
)
from assess.web.talks.blueprint import blueprint

__all__ = [
    "agreements",
    "blueprint",
    "brief",
    "calendar",
    "home",
    "notes",
    "page",
    "planning",
    "preparing",
    "showing",
    "writing",
]
