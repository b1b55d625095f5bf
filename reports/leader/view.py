"""The leader's view: one profile, the matches and the raters become the value that everything is made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assess.language.direction import unturned
from assess.scoring.results import Profile
from assess.scoring.style_results import RaterGroup
from questionnaires.definition import Definition, LanguageId
from reports.leader.brief import make_brief
from reports.leader.calculation import make_calculation, make_key
from reports.leader.fitting import make_figures, make_pattern, make_plane
from reports.leader.headings import make_headings, make_notes
from reports.leader.inputs import Leader, MatchEntry, make_leader
from reports.leader.leaning import make_leading
from reports.leader.meeting import make_match
from reports.leader.method import make_method
from reports.leader.others import RatersNote, make_note, make_raters
from reports.leader.parts import FORMAT, LeaderView
from reports.leader.practise import make_practise
from reports.leader.profile import make_profile
from reports.leader.table import make_contrasts, make_table
from reports.view.words import Words, words_for


def leader_view(
    definition: Definition,
    profile: Profile,
    *,
    language: LanguageId,
    first_name: str,
    last_name: str = "",
    sheet: str = "",
    today: date,
    organisation: str = "",
    customer: str = "customer",
    matches: Sequence[MatchEntry] = (),
    answered_again: date | None = None,
    raters: RaterGroup | None = None,
    raters_note: RatersNote = "not-asked",
) -> LeaderView:
    """Everything a leader's report says, in the reader's language.

    `profile` is the leader's own; `matches` are the people whom the leader has rated, in any order;
    `answered_again` is the day from which there is a newer result of the own style than this one;
    `raters` a group of direct reports, and without it `raters_note` why there is none. `first_name`,
    `last_name`, `sheet`, `today`, `customer` and a missing language are as in `personal_view`. Below the
    questionnaire's minimum of answers the report says so and shows no result.
    Raises `ValueError` for a profile of another questionnaire or without a leadership style, one of another
    perspective than self, or a group under its minimum.
    """
    if profile.perspective != "self":
        raise ValueError("a leader's report is made of the leader's own answers")
    first_name, last_name = unturned(first_name), unturned(last_name)
    leader = make_leader(definition, words_for(definition, language, customer, first_name), profile)
    words, enough = leader.words, leader.enough
    pattern = make_pattern(leader)
    leading = make_leading(leader) if enough else None
    others = make_raters(leader, raters) if enough else None
    return LeaderView(
        format=FORMAT,
        language=words.language,
        title=words.fill(words.texts.title),
        subject=" ".join(part for part in (first_name, last_name) if part)
        or _nameless(words, unturned(sheet)),
        first_name=first_name,
        organisation=organisation,
        day=today.isoformat(),
        date=words.day(today),
        summary=words.fill(words.texts.summary),
        answered=_answered(leader),
        too_few="" if enough else _too_few(leader),
        brief=make_brief(leader, pattern, leading) if enough else None,
        styles=make_profile(leader) if enough else None,
        plane=make_plane(leader) if enough else None,
        figures=make_figures(leader) if enough else (),
        pattern=pattern,
        table=make_table(leader) if enough else None,
        leading=leading,
        contrasts=make_contrasts(leader) if enough else None,
        match=make_match(leader, matches, answered_again),
        raters=others,
        raters_note="" if others else make_note(leader, raters_note),
        practise=make_practise(leader, pattern, leading) if enough else (),
        calculation=make_calculation(leader),
        key=make_key(leader),
        notes=make_notes(leader),
        method=make_method(leader, today),
        words=make_headings(words),
    )


def _nameless(words: Words, sheet: str) -> str:
    return words.say("Answer sheet {id}", id=sheet) if sheet else ""


def _answered(leader: Leader) -> str:
    return leader.words.say(
        "{answered} of {asked} situations answered",
        answered=str(leader.result.answered),
        asked=str(leader.result.asked),
    )


def _too_few(leader: Leader) -> str:
    return leader.words.say(
        "{answered} of {asked} situations are answered, and at least {least} are needed. A result from "
        "fewer would be mostly chance, so none is given.",
        answered=str(leader.result.answered),
        asked=str(leader.result.asked),
        least=str(leader.result.min_answered),
    )
