"""The one place where pages set PDFs: in their turn, at one of the process's seats."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager

from flask import Response

from assess.web import person
from assess.web.attachment import attachment
from assess.web.fonts import fonts
from assess.web.services import services
from reports.pdf import View, render

PDF = "application/pdf"


def press(who: str = "") -> AbstractContextManager[None]:
    """A press for whoever has signed in, or for the person with the id `who`. Raises `NoSeat`."""
    return services().seats.press(who or person.session().person_id)


def printed(view: View) -> bytes:
    """The PDF of a view. Raises `NoSeat` when too many are being made."""
    with press():
        return render(view, fonts())


def pdf(view: View, parts: Iterable[str]) -> Response:
    """The PDF of a view as a download named after `parts`. Raises `NoSeat`."""
    return attachment(printed(view), PDF, parts, "pdf")
