"""A step that a wave's state no longer allows: somebody else, or the clock, was faster."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from assess.errors import NotAllowed

View = Callable[..., ResponseReturnValue]


def or_back(view: View) -> View:
    """Shows the wave as it is by now, when its state does not allow what was asked for."""

    @wraps(view)
    def tried(wave_id: str, **rest: str) -> ResponseReturnValue:
        try:
            return view(wave_id, **rest)
        except NotAllowed:
            return redirect(url_for("admin.wave", wave_id=wave_id, note="moved-on"), 303)

    return tried
