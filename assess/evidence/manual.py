"""What the technical manual of a closed wave is made of: its figures, and what is in force.

Only perspectives whose figures the administrator may see are in it, with those figures and no others: no
answers leave this room. So a manual tells neither more than the page nor what an erasure has changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assess.campaigns.definitions import definition_of, form_of
from assess.evidence.errors import NotEnough, Reason
from assess.evidence.measure import measurement
from assess.evidence.norms import BuiltNorms, built
from assess.evidence.pools import wave_for
from assess.evidence.precision import PublishedPrecision, published
from assess.evidence.results import Measurement
from assess.rights import Actor
from assess.scoring.form import Form
from assess.store import Store
from questionnaires.definition import Definition, PerspectiveId


@dataclass(frozen=True, eq=False)
class WaveManual:
    """`figures` of each perspective and form that has any. `precision` and `norms`: what is in force for this
    questionnaire, the newest of each perspective."""

    wave_name: str
    content_hash: str
    definition: Definition
    figures: tuple[tuple[Form, Measurement], ...]
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
        perspective, short_form = pool["perspective"], pool["short_form"]
        made = measurement(store, actor, wave_id, content_hash, perspective, now, short_form=short_form)
        if made.reason is None:
            found.append((form_of(content_hash, definition, perspective, short_form), made))
        else:
            refused.append(made.reason)
    if not found:
        raise NotEnough(refused[0] if refused else "n-under-10", wave_id=wave_id)
    publications = published(store, actor, organisation_id)
    return WaveManual(
        wave_name=wave.name,
        content_hash=content_hash,
        definition=definition,
        figures=tuple(found),
        precision=tuple(one for one in publications if one.in_force and one.content_hash == content_hash),
        norms=_newest(
            one for one in built(store, actor, organisation_id) if one.content_hash == content_hash
        ),
    )


def _newest(versions: Iterable[BuiltNorms]) -> tuple[BuiltNorms, ...]:
    """The first of each perspective: the newest comes first."""
    found: dict[PerspectiveId, BuiltNorms] = {}
    for one in versions:
        found.setdefault(one.perspective, one)
    return tuple(found.values())
