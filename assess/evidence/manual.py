"""What the technical manual of a closed wave is made of: its sheets without names, and what is in force.

Only perspectives whose figures the administrator may see are in it. Their figures are made and kept first
(`measure.py`), and the sheets handed over are those that the kept figures were made of: a manual made again
after an erasure must not show the difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assess.answering.loading import Row
from assess.campaigns.definitions import definition_of
from assess.evidence.errors import NotEnough, Reason
from assess.evidence.measure import measurement
from assess.evidence.norms import BuiltNorms, built
from assess.evidence.pools import wave_for
from assess.evidence.precision import PublishedPrecision, published
from assess.evidence.results import Measurement
from assess.evidence.sheets import Sheets, load_sheets
from assess.rights import Actor
from assess.scoring.form import Form
from assess.scoring.precision import Floats
from assess.scoring.tally import Answers
from assess.store import Store
from questionnaires.definition import Definition, LanguageId, PerspectiveId


@dataclass(frozen=True, eq=False)
class WaveSheets:
    """The sheets of one form, of which only aggregates may be shown.

    `answers`: uint8, rows as `form.scored_item_ids`, 0 = missing; `seconds`: float64, NaN = not known.
    `respondents`, `subjects`: the same number for the same person, and nothing else about them. `languages`:
    in which each sheet was answered, "" = not known. `made`: the figures of the administrators' page.
    """

    form: Form
    answers: Answers
    seconds: Floats
    respondents: tuple[int, ...]
    subjects: tuple[int, ...]
    languages: tuple[LanguageId | str, ...]
    made: Measurement


@dataclass(frozen=True, eq=False)
class WaveManual:
    """`precision` and `norms`: what is in force for this questionnaire, the newest of each perspective."""

    wave_name: str
    content_hash: str
    definition: Definition
    sheets: tuple[WaveSheets, ...]
    precision: tuple[PublishedPrecision, ...]
    norms: tuple[BuiltNorms, ...]


def wave_manual(store: Store, actor: Actor, wave_id: str, content_hash: str, now: datetime) -> WaveManual:
    """Asks for `see-measurement` of each perspective and form; each is logged as a look at its figures.

    Raises `NotEnough` where no perspective has figures, and `NotFound` for a wave that the actor does not
    administer or that does not ask this.
    """
    with store.read() as q:
        organisation_id, wave = wave_for(q, actor, wave_id, content_hash, now)
        definition = definition_of(q, content_hash)
        pools = [
            row
            for row in q.pools(organisation_id=organisation_id)
            if (row["wave_id"], row["content_hash"]) == (wave_id, content_hash)
        ]
    refused: list[Reason] = []
    found = []
    for pool in pools:
        sheets = _sheets(store, actor, wave_id, content_hash, pool, now)
        if isinstance(sheets, WaveSheets):
            found.append(sheets)
        else:
            refused.append(sheets)
    if not found:
        raise NotEnough(refused[0] if refused else "n-under-10", wave_id=wave_id)
    publications = published(store, actor, organisation_id)
    return WaveManual(
        wave_name=wave.name,
        content_hash=content_hash,
        definition=definition,
        sheets=tuple(found),
        precision=tuple(one for one in publications if one.in_force and one.content_hash == content_hash),
        norms=_newest(
            one for one in built(store, actor, organisation_id) if one.content_hash == content_hash
        ),
    )


def _sheets(
    store: Store, actor: Actor, wave_id: str, content_hash: str, pool: Row, now: datetime
) -> WaveSheets | Reason:
    perspective, short_form = pool["perspective"], pool["short_form"]
    made = measurement(store, actor, wave_id, content_hash, perspective, now, short_form=short_form)
    if made.reason is not None:
        return made.reason
    with store.read() as q:
        kept = q.measurement(
            wave_id=wave_id, content_hash=content_hash, perspective=perspective, short_form=short_form or ""
        )
        sheets = load_sheets(q, wave_id, content_hash, perspective, short_form)
    if kept is None or kept["made_of"] != sheets.made_of:
        return "answers-erased"
    return _without_names(sheets, made)


def _without_names(sheets: Sheets, made: Measurement) -> WaveSheets:
    return WaveSheets(
        form=sheets.form,
        answers=sheets.answers,
        seconds=sheets.seconds,
        respondents=_numbers(key.respondent_id for key in sheets.keys),
        subjects=_numbers(key.subject_id for key in sheets.keys),
        languages=tuple(key.language or "" for key in sheets.keys),
        made=made,
    )


def _numbers(ids: Iterable[str]) -> tuple[int, ...]:
    """The same number for the same id, in the order of first standing there."""
    known: dict[str, int] = {}
    return tuple(known.setdefault(one, len(known)) for one in ids)


def _newest(versions: Iterable[BuiltNorms]) -> tuple[BuiltNorms, ...]:
    """The first of each perspective: the newest comes first."""
    found: dict[PerspectiveId, BuiltNorms] = {}
    for one in versions:
        found.setdefault(one.perspective, one)
    return tuple(found.values())
