"""What the leader's pages and files are made of: one call of one use case, filtered by the address."""

from __future__ import annotations

from assess.profiles_seen.loading import looked
from assess.talks.facts import talk_facts
from assess.team_profiles.profile import shown_profiles, team_profile
from assess.team_profiles.types import TeamProfile
from assess.web import language, person
from assess.web.services import services


def found_for(area: str) -> TeamProfile:
    """The team of whoever has signed in; the looks at other people's profiles are logged. `area`: id of a job
    area, "" for all.

    Raises `NotFound` for who has no team.
    """
    place, actor, spoken = services(), person.session().actor, language.current()
    with place.store.read() as q:
        talks = talk_facts(q, actor, place.now, spoken)
    found = team_profile(place.store, actor, spoken, place.now, job_area_id=area or None, talk_facts=talks)
    looked(place.store, actor, shown_profiles(found), place.now)
    return found
