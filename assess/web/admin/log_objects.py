"""What a look at figures was about, in words: its line of the log keeps ids."""

from __future__ import annotations

from assess.audit.log import LOOKS, Line
from assess.campaigns.definitions import definition_of
from assess.errors import NotFound
from assess.store.queries import Queries
from assess.web.admin.naming import texts_of


def object_words(q: Queries, organisation_id: str, line: Line) -> str:
    """The person or wave that it was done to; of a look the wave, the questionnaire, and the unit. What has
    been deleted since has no name."""
    if line.action not in LOOKS:
        return line.object_name or ""
    first, *rest = line.object_id.split(" ")
    if line.action == "see-release":
        return _of_release(q, organisation_id, first, rest[0] if rest else "")
    return _of_measurement(q, organisation_id, first, rest[0] if rest else "")


def _of_release(q: Queries, organisation_id: str, release_id: str, unit_id: str) -> str:
    release = q.release(id=release_id)
    if release is None or release["organisation_id"] != organisation_id:
        return ""
    unit = q.unit_of(id=unit_id, organisation_id=organisation_id) if unit_id else None
    wave = q.wave(id=release["wave_id"])
    return _joined(wave["name"], _title(q, release["content_hash"]), "" if unit is None else unit["name"])


def _of_measurement(q: Queries, organisation_id: str, wave_id: str, beginning: str) -> str:
    wave = q.wave(id=wave_id)
    if wave is None or wave["organisation_id"] != organisation_id:
        return ""
    asked = [row["content_hash"] for row in q.questionnaires_of_wave(wave_id=wave_id)]
    found = next((one for one in asked if beginning and one.startswith(beginning)), "")
    return _joined(wave["name"], _title(q, found) if found else "")


def _title(q: Queries, content_hash: str) -> str:
    try:
        return texts_of(definition_of(q, content_hash)).title
    except NotFound:
        return ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
