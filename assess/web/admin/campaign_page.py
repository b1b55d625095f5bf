"""The page on which a campaign is built: the form, what it can choose from, its preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from assess.campaigns.choices import Choices, choices
from assess.campaigns.plans import PlanProblem, WavePlan
from assess.disclosure.thresholds import LEAST_GROUP
from assess.language.catalogue import LANGUAGES
from assess.people.tree import UnitTree
from assess.web import person
from assess.web.admin.campaign_preview import previews
from assess.web.admin.campaign_words import (
    asked_of,
    basis_note,
    legal_bases,
    open_points,
    privacy_name,
)
from assess.web.admin.naming import texts_of
from assess.web.language import clocks
from assess.web.services import services
from questionnaires import library
from questionnaires.definition import Definition, content_hash

FEW_UNITS = 40
"""A tree of so many is shown open; of a larger one the levels beneath the first are folded."""


@dataclass(frozen=True, slots=True)
class Box:
    """One perspective of a questionnaire that can be ticked."""

    value: str
    label: str
    privacy: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A questionnaire that can be asked. `version` only where there are several of them."""

    title: str
    version: str
    about: str
    minutes: float
    boxes: tuple[Box, ...]
    by_job_area: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit of the tree with what is beneath it. `is_open`: shown unfolded."""

    id: str
    name: str
    is_ticked: bool
    is_open: bool
    beneath: int
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Material:
    """What a campaign of the signed-in administrator's organisation can be built of."""

    choices: Choices
    definitions: dict[str, Definition]
    """Those of the library and those that the plan holds already, by content hash."""

    @property
    def tree(self) -> UnitTree:
        return self.choices.tree


def material(stored: Sequence[str] = ()) -> Material:
    """`stored`: content hashes of the plan. Raises `NotFound` for who administers nothing."""
    session = person.session()
    found = choices(
        services().store, session.actor, session.organisation_id, services().settings, services().now, stored
    )
    of_library = library.load_all(services().settings.questionnaires).definitions.values()
    return Material(found, {**{content_hash(one): one for one in of_library}, **found.stored})


def show_form(
    form: BaseForm,
    found: Material,
    *,
    faults: dict[str, str] | None = None,
    missing: Sequence[PlanProblem] = (),
    preview: WavePlan | None = None,
    wave_id: str | None = None,
    saved: bool = False,
) -> str:
    """The page with the form as it is. `preview`: the plan whose notices are shown beneath; `saved`: what
    the form holds is what is stored."""
    return render_template(
        "admin_campaign.html",
        person=person.session(),
        form=form,
        faults=faults or {},
        missing=open_points(missing),
        offers=offers(form["asked"].data or [], found.definitions),
        branches=branches(found.tree, frozenset(form["unit"].data or [])),
        many_units=len(found.tree) > FEW_UNITS,
        languages=LANGUAGES,
        bases=[(one, label, basis_note(one)) for one, label in legal_bases().items()],
        zone=clocks(found.choices.zone),
        least=LEAST_GROUP,
        previews=None if preview is None else previews(preview, found.definitions),
        wave_id=wave_id,
        saved=saved,
    )


def offers(ticked: Sequence[str], definitions: dict[str, Definition]) -> list[Offer]:
    """Every questionnaire, ours and the organisation's own, by title."""
    ids = [definition.questionnaire.id for definition in definitions.values()]
    return sorted(
        (
            Offer(
                title=texts_of(definition).title,
                version=definition.questionnaire.version
                if ids.count(definition.questionnaire.id) > 1
                else "",
                about=texts_of(definition).summary,
                minutes=definition.questionnaire.minutes,
                by_job_area=definition.questionnaire.by_job_area,
                boxes=tuple(
                    Box(
                        f"{digest}:{perspective}",
                        asked_of(perspective, definition),
                        privacy_name(definition, perspective),
                        f"{digest}:{perspective}" in ticked,
                    )
                    for perspective in definition.questionnaire.perspectives
                ),
            )
            for digest, definition in definitions.items()
        ),
        key=lambda offer: offer.title,
    )


def branches(tree: UnitTree, ticked: frozenset[str]) -> tuple[Branch, ...]:
    """The whole tree from its roots, units by name."""
    shows = frozenset(place for unit_id in ticked if unit_id in tree for place in tree.above(unit_id)[1:])
    unfolded = len(tree) <= FEW_UNITS

    def branch(unit_id: str) -> Branch:
        within = tuple(sorted((branch(one) for one in tree.children(unit_id)), key=_by_name))
        return Branch(
            id=unit_id,
            name=tree[unit_id].name,
            is_ticked=unit_id in ticked,
            is_open=unfolded or unit_id in shows or tree.parent(unit_id) is None,
            beneath=sum(one.beneath + 1 for one in within),
            branches=within,
        )

    return tuple(sorted((branch(root) for root in tree.roots), key=_by_name))


def _by_name(branch: Branch) -> str:
    return branch.name.casefold()


def planned_opening(opens_at: datetime | None, now: datetime) -> datetime:
    """An empty opening time means: as soon as somebody opens it."""
    return opens_at or now
