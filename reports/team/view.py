"""From a team's profile to its view: the same for the page, the PDF, the JSON and the CSV."""

from __future__ import annotations

from datetime import tzinfo

from assess.language.direction import unturned
from assess.team_profiles.types import TeamProfile
from questionnaires.definition import LanguageId
from reports.team.changes import change
from reports.team.headings import headings, limits, reading
from reports.team.heat import facets, technical
from reports.team.inputs import Team, band_keys, inputs
from reports.team.matches import matches
from reports.team.parts import FORMAT, TeamView
from reports.team.people import others, people
from reports.team.picture import needs, needs_on_page, quadrant, voices
from reports.team.things import things
from reports.team.untold import untold


def team_view(found: TeamProfile, language: LanguageId, zone: tzinfo) -> TeamView:
    """The view in a language. `zone`: the organisation's time zone, in which days are told.

    A questionnaire that lacks the language speaks its source language, and so does the view then.
    """
    team = inputs(found, language, found.organisation.customer, zone)
    words, today = team.words, found.made_on.astimezone(zone).date()
    counted = needs(team)
    return TeamView(
        format=FORMAT,
        language=words.language,
        title=words.say("Your team"),
        subject=team.people(found.units, 4),
        organisation=unturned(found.organisation.name),
        day=today.isoformat(),
        date=words.day(today),
        summary=words.say("Your team in short"),
        area=_area(team),
        filtered=_filtered(team),
        lead=counted[0].finding if counted else "",
        nothing=_nothing(team),
        things=things(team),
        voices=voices(team),
        quadrant=quadrant(team),
        needs=counted,
        needs_on_page=needs_on_page(team),
        people=people(team),
        others=others(team),
        matches=matches(team),
        technical=technical(team),
        facets=facets(team),
        untold=untold(team),
        change=change(team),
        bands=band_keys(team),
        reading=reading(team),
        limits=limits(team),
        words=headings(team),
    )


def _area(team: Team) -> str:
    chosen = (one for one in team.found.job_areas if one.id == team.found.job_area_id)
    return next((unturned(one.name(team.words.language)) for one in chosen), "")


def _filtered(team: Team) -> str:
    if team.found.job_area_id is None:
        return ""
    return team.words.say(
        "Only “{area}” is shown of each person. It is the whole team still where it is a group (the "
        "team as a whole, the same people as a group), in what you yourself could do, in whom you rate, and "
        "in what is shared with you.",
        area=_area(team),
    )


def _nothing(team: Team) -> str:
    """Said in the place of all pictures where nothing may be seen of anybody."""
    if team.found.people:
        return ""
    if team.found.job_area_id is not None:
        return team.words.say("You have rated nobody in this job area, and nothing in it is shared with you.")
    return team.words.say(
        "There is nothing to show of your people yet. The pictures come once you have rated somebody, or "
        "somebody shares a profile with you."
    )
