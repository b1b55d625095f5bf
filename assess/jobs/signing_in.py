"""Somebody has asked for a sign-in link."""

from __future__ import annotations

from assess.jobs.workplace import Workplace
from assess.people import requests


def answer_request(place: Workplace, request_id: str) -> None:
    """Letters for everybody who has the address that was given; none where nobody has it."""
    requests.answer(place.store, request_id, place.clock())
