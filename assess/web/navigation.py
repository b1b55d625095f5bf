"""Where a person who has signed in can go: one entry for each role that the person has.

`PLACES` is the visible table. An entry is shown when the person has the role and the page exists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, request, url_for

from assess.people.sessions import PersonSession
from assess.personal_data.own import has_a_team
from assess.web.language import gettext
from assess.web.services import services


def N_(message: str) -> str:  # noqa: N802 (gettext's own name: marks a text that is translated later)
    return message


def everybody(_: PersonSession) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """An entry: the page that it leads to, its words, and whose it is."""

    endpoint: str
    label: str
    is_for: Callable[[PersonSession], bool] = everybody
    also: tuple[str, ...] = ()
    """Addresses of other pages that lie behind it; of several such places the last of the table is marked."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as a page shows it."""

    address: str
    label: str
    is_here: bool


def _leads(session: PersonSession) -> bool:
    return has_a_team(services().store, session.actor, services().now)


PLACES: tuple[Place, ...] = (
    Place("me.home", N_("My pages"), also=("/batches",)),
    Place("talks.home", N_("Talks"), also=("/guide",)),
    Place("team.home", N_("My team"), _leads, also=("/releases",)),
    Place("coaching.home", N_("Coaching"), lambda session: bool(session.actor.coaches)),
    Place(
        "admin.overview",
        N_("Administration"),
        lambda session: bool(session.administers),
        also=("/releases",),
    ),
    Place(
        "representative.home",
        N_("Employees’ representative"),
        lambda session: bool(session.actor.represents),
        also=("/releases",),
    ),
    Place("account.home", N_("Account")),
)

ADMINISTRATION: tuple[Place, ...] = (
    Place("admin.overview", N_("Overview")),
    Place("admin.people", N_("People")),
    Place("admin.campaigns", N_("Campaigns"), also=("/admin/waves",)),
    Place("releases.home", N_("Results")),
    Place("admin.talks", N_("Talks")),
    Place("admin.mail", N_("Mail")),
    Place("admin.paper_code", N_("Paper")),
    Place("admin.measured", N_("Measurement"), also=("/admin/precision", "/admin/norms")),
    Place("admin.published", N_("Published")),
    Place("admin.erasures", N_("Erasure")),
    Place("admin.log", N_("Log")),
)


def places(session: PersonSession, table: tuple[Place, ...] = PLACES) -> tuple[Link, ...]:
    """The entries of `table` for this person; the one that this page lies behind is marked. None for who is
    here by a link to prepare one talk."""
    if session.talk_id is not None:
        return ()
    shown = [
        (url_for(place.endpoint), gettext(place.label), place.also)
        for place in table
        if place.endpoint in current_app.view_functions and place.is_for(session)
    ]
    behind = [
        (len(root), number, address)
        for number, (address, _, also) in enumerate(shown)
        for root in (address, *also)
        if _is_behind(request.path, root)
    ]
    here = max(behind, default=(0, 0, None))[2]
    return tuple(Link(address, label, address == here) for address, label, _ in shown)


def administration(session: PersonSession) -> tuple[Link, ...]:
    """The administrators' own pages."""
    return places(session, ADMINISTRATION)


def _is_behind(path: str, address: str) -> bool:
    return path == address or path.startswith(f"{address}/")
