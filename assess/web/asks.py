"""`@asks("…")`: every route names the action that it asks for.

`guard.py` asks for it before the view runs, as far as it can without the thing; the use cases that a view
calls ask `may()` for the action and the thing. A route without one cannot slip in (`tests/web/test_asks.py`).
"open" is for what anybody may see: the front page, files of the application, its health.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

OPEN: Final = "open"


def asks(action: str) -> Callable[[View], View]:
    """Marks a view with the action of `assess.rights` that it asks for, or `OPEN`."""

    def mark(view: View) -> View:
        view.__dict__["asks"] = action
        return view

    return mark


def asked(view: Callable[..., Any]) -> str | None:
    """The action that a view declares; None when it declares nothing."""
    return getattr(view, "asks", None)
