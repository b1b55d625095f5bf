"""Errors of talks that their pages tell in words of their own."""

from __future__ import annotations

from assess.errors import NotAllowed, NotFound


class NotYoursAnyMore(NotFound):
    """A talk that the asker held once and may see no more. To everybody else it is not there at all."""


class LinkIsOver(NotFound):
    """A link of a letter about a talk that works no longer. Only whoever has the letter knows it."""


class OutOfTurn(NotAllowed):
    """The talk is no longer one in which this is done: it was held or cancelled, or something is signed."""
