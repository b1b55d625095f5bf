"""How many have a talk, and agreements that are alive, unit by unit, in bands; never who, nor what."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from assess.talks.overview import UnitShares, talk_shares
from assess.talks.steady_bands import Band
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.asks import asks
from assess.web.language import gettext, ngettext
from assess.web.services import services


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with everything beneath it."""

    name: str
    path: str
    depth: int
    people: str
    talk: str
    agreements: str
    note: str


@blueprint.get("/talks")
@asks("see-talk-shares")
def talks() -> ResponseReturnValue:
    """Bands of groups that are large enough, of this week."""
    session, at = person.session(), services()
    found = talk_shares(at.store, session.actor, session.organisation_id, at.now)
    zone = at.settings.time_zone
    return render_template(
        "admin_talks.html",
        person=session,
        lines=[_line(one, found.least) for one in sorted(found.units, key=_by_names)],
        made_on=language.day(found.made_at, zone),
        next_on=language.day(found.next_at, zone),
        least=found.least,
    )


def _by_names(one: UnitShares) -> list[str]:
    """Every unit right after the one above it, units side by side by name."""
    return [name.casefold() for name in one.path]


def _line(one: UnitShares, least: int) -> Line:
    shares, note, people = one.shares, "", one.people
    if shares is None and one.together is not None and _is_within(one):
        shares, people = one.together, one.together.people
        note = ngettext(
            "without %(num)s person who is counted elsewhere",
            "without %(num)s people who are counted elsewhere",
            one.people - people,
        )
    if shares is None:
        note = gettext("too few to show") if one.people < least else gettext("not shown alone")
    return Line(
        name=one.path[-1],
        path=" / ".join(one.path[:-1]),
        depth=len(one.path) - 1,
        people=language.number(people, 0),
        talk=_share(shares.talk if shares else None),
        agreements=_share(shares.agreements if shares else None),
        note=note,
    )


def _share(band: Band | None) -> str:
    if band is None:
        return "–"
    return gettext("%(low)s–%(high)s%%", low=band[0], high=band[1])


def _is_within(one: UnitShares) -> bool:
    """Whether the group is made of nobody else: a few of the unit are counted with neighbours."""
    return all(path[: len(one.path)] == one.path for path in one.units)
