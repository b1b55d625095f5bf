"""A job area in the talk: what the two views agree on and where they differ, or the one view there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assess.scoring.match import WISHES
from assess.scoring.style_results import Wish
from assess.talks.brief_types import BriefArea
from questionnaires.definition import PerspectiveId, StyleId
from reports.leader.meeting import wishes_words
from reports.talk.alike import in_common
from reports.talk.changes import change_part
from reports.talk.parts import TalkArea, TalkDifference, Told
from reports.talk.speaking import Speaking, audience_of
from reports.view import inputs
from reports.view.inputs import Area, AreaProfiles
from reports.view.parts import AreaView, Audience, Difference, Reply, Voice
from reports.view.personal import personal_view
from reports.view.voices import make_mark
from reports.view.words import Words, words_for

MOST_SENTENCES = 4
"""Differences that are told in sentences; the table has all."""

READING_ORDER: dict[Audience, tuple[PerspectiveId, PerspectiveId]] = {
    "subject": ("self", "manager"),
    "manager": ("manager", "self"),
    "coach": ("self", "manager"),
}
"""Whose view comes first: the reader's own; for who did neither, the person's."""


@dataclass(frozen=True, slots=True)
class ShownArea:
    """A job area with what the builders of the brief need of it: its profiles, its personal view, its
    words."""

    found: BriefArea
    audience: Audience
    profiles: AreaProfiles
    view: AreaView
    area: Area

    @property
    def words(self) -> Words:
        return self.area.words

    @property
    def name(self) -> str:
        return self.profiles.job_area


def show_area(found: BriefArea, speaking: Speaking) -> ShownArea:
    """The personal view of one job area for this reader. At least one of the two profiles is there."""
    audience = _audience(found, speaking)
    sides = {"self": found.own, "manager": found.manager}
    seen = [side for one in READING_ORDER[audience] if (side := sides[one]) is not None]
    language = speaking.words.language
    first, second = seen[0], seen[1] if len(seen) > 1 else None
    job_area = found.job_area.name(language) if found.job_area else ""
    profiles = AreaProfiles(
        job_area=job_area,
        own=first.profile,
        other=second.profile if second else None,
        own_date=_day(first.made_at, speaking),
        other_date=_day(second.made_at, speaking) if second else None,
    )
    customer = speaking.words.wording.customer
    view = personal_view(
        found.definition,
        (profiles,),
        language=language,
        first_name=speaking.person,
        today=_day(first.made_at, speaking),
        customer=customer,
        audience=audience,
    )
    words = words_for(found.definition, language, customer, speaking.person, job_area)
    area = inputs.make_area(found.definition, words, audience, profiles)
    return ShownArea(found, audience, profiles, view.areas[0], area)


def _audience(found: BriefArea, speaking: Speaking) -> Audience:
    """Whose own view one of them is: a rating that somebody else gave is not this manager's own."""
    audience = audience_of(speaking.reader, speaking.talk.holder_role)
    is_own = found.manager is None or found.manager.respondent_id == speaking.talk.holder.id
    return audience if audience != "manager" or is_own else "coach"


def _day(moment: datetime, speaking: Speaking) -> date:
    return moment.astimezone(speaking.zone).date()


def make_area(shown: ShownArea, speaking: Speaking) -> TalkArea:
    """The job area as the brief shows it."""
    view = shown.view
    both = view.side_by_side
    rows = both.differences if both else ()
    limit = _limit(shown)
    common = in_common(shown.found, shown.profiles, rows, shown.words)
    return TalkArea(
        job_area=view.job_area,
        source=_source(shown),
        voices=view.voices,
        standings=view.standings,
        quadrant=view.quadrant,
        finding=_finding(shown, rows),
        differ=_differ(shown, rows),
        agree=common.agree,
        untold=common.untold,
        differences=tuple(_difference(shown, row, limit) for row in rows),
        axis=(shown.words.signed_short(-limit), "0", shown.words.signed_short(limit)),
        direction=_direction(shown) if both else "",
        groups=() if both else view.groups,
        agreement=_agreement(shown) if both else "",
        frames=view.frames,
        wishes="" if shown.audience == "subject" else wishes_sentence(shown),
        replies=_replies(shown),
        change=change_part(shown.found, view.voices, shown.words),
        missing="" if both else _missing(shown, speaking),
    )


def _source(shown: ShownArea) -> str:
    """Questionnaire and wave."""
    return f"{shown.words.fill(shown.words.texts.title)} · {shown.found.wave_name}"


def wishes_sentence(shown: ShownArea) -> str:
    """What the person wishes from the leader; "" where it is not known. The person reads the own answers."""
    return wishes_words(shown.words, shown.words.wording.first_name, _wishes(shown))


def _wishes(shown: ShownArea) -> dict[StyleId, Wish]:
    """The person's answers to the items that ask for a style; none where the own profile is not there."""
    own, quadrants = shown.found.own, shown.found.definition.questionnaire.classification
    if own is None or quadrants is None:
        return {}
    given = own.profile.given
    return {
        style: WISHES[given[item]] for style, item in quadrants.wishes.items() if given.get(item) in WISHES
    }


def _replies(shown: ShownArea) -> tuple[Reply, ...]:
    """What was answered beside the scales; wishes for a style stand in a sentence of their own."""
    quadrants = shown.found.definition.questionnaire.classification
    told = set(quadrants.wishes.values()) if quadrants and shown.audience != "subject" else set()
    return tuple(reply for reply in shown.view.replies if reply.item not in told)


# --- sentences -------------------------------------------------------------------------------------


def _finding(shown: ShownArea, rows: tuple[Difference, ...]) -> str:
    """The heading over the two views: what can be said of all of them together."""
    words = shown.words
    if shown.view.side_by_side is None:
        return words.say("Only one view so far")
    wholes = [row.scale for row in rows if row.beyond and row.is_domain]
    beyond = [row for row in rows if row.beyond and not row.is_domain]
    if not beyond and wholes:
        return wholes_differ(words, wholes)
    if not beyond:
        return shown.view.side_by_side.finding.rstrip(".")
    if shown.audience == "coach":
        return words.count(
            "The two views differ beyond chance on one part",
            "The two views differ beyond chance on {number} parts",
            len(beyond),
        )
    return words.count(
        "You differ beyond chance on one part", "You differ beyond chance on {number} parts", len(beyond)
    )


def wholes_differ(words: Words, domains: Sequence[str]) -> str:
    """That no part differs beyond chance, but whole domains do: they are not counted as parts."""
    return words.say(
        "No single part differs beyond chance, but {scales} does as a whole",
        scales=words.listing([words.scale_mention(scale) for scale in domains]),
    )


def _differ(shown: ShownArea, rows: tuple[Difference, ...]) -> tuple[Told, ...]:
    """The largest differences beyond error, in sentences: facets first, then domains."""
    beyond = sorted((row for row in rows if row.beyond), key=lambda row: row.is_domain)
    told = [Told(name=row.name, text=difference_words(shown, row)) for row in beyond[:MOST_SENTENCES]]
    more = len(beyond) - len(told)
    if more:
        told.append(
            Told(
                name="",
                text=shown.words.count("One more is in the table.", "{number} more are in the table.", more),
            )
        )
    return tuple(told)


def difference_words(shown: ShownArea, row: Difference) -> str:
    """One difference beyond error, as this reader says it, without a verdict on who is right."""
    words, (first, second) = shown.words, shown.view.voices[:2]
    own, other = (_score(shown, place, row.scale) for place in (0, 1))
    above = (row.difference or 0.0) > 0
    if shown.audience == "coach":
        high, low = (first, second) if above else (second, first)
        return words.say(
            "{label} sees it higher than {name} does: {own} against {other}.",
            label=high.label,
            name=low.mention,
            own=own if above else other,
            other=other if above else own,
        )
    if above:
        return words.say(
            "You see it higher than {name} does: {own} against {other}.",
            name=second.mention,
            own=own,
            other=other,
        )
    return words.say(
        "{label} sees it higher than you do: {other} against {own}.",
        label=second.label,
        own=own,
        other=other,
    )


def _score(shown: ShownArea, place: int, scale: str) -> str:
    """A voice's score on a scale as it stands in every report."""
    mark = make_mark(shown.area, shown.view.voices[place], shown.area.profiles[place], scale)
    return mark.score_words


def _agreement(shown: ShownArea) -> str:
    """How likely both mean the same need; advice on style is spoken of to whoever leads alone."""
    both = shown.view.side_by_side
    if both is None or both.agreement is None or not both.agreement_words:
        return ""
    if shown.audience != "subject":
        return both.agreement_words
    return shown.words.say(
        "Agreement on the need: {agreement}.",
        agreement=shown.words.percent(both.agreement, _enough(shown)),
    )


def _enough(shown: ShownArea) -> float:
    """From which agreement on advice is given."""
    quadrants = shown.found.definition.questionnaire.classification
    return quadrants.agreement_from if quadrants else 0.0


def _direction(shown: ShownArea) -> str:
    """Which way the chart of differences points."""
    first, second = shown.view.voices[:2]
    return shown.words.say(
        "To the right of 0 {first} is higher, to the left {second}. The bar is the interval of the "
        "difference; a filled point lies beyond chance.",
        first=view_of(shown, first),
        second=view_of(shown, second),
    )


def view_of(shown: ShownArea, voice: Voice) -> str:
    """A voice's view as the subject of a sentence."""
    words = shown.words
    if voice.perspective == READING_ORDER[shown.audience][0] and shown.audience != "coach":
        return words.say("your view")
    return words.say("the view of {name}", name=voice.mention)


def _missing(shown: ShownArea, speaking: Speaking) -> str:
    """That there is one view only, and never why."""
    words = shown.words
    (voice,) = shown.view.voices
    if speaking.reader == "person":
        return words.say(
            "There is only your own view here. It says nothing on its own about the leadership you need; "
            "take the questions to the talk."
        )
    if voice.perspective == "manager" and shown.audience == "manager":
        return words.say(
            "There is only your own view here. Hear {name}’s before you draw conclusions: one view alone "
            "never calls for a style.",
            name=speaking.person,
        )
    return words.say(
        "There is only one view here, that of {name}. One view alone never calls for a style.",
        name=voice.mention,
    )


# --- the chart -------------------------------------------------------------------------------------


def _limit(shown: ShownArea) -> float:
    """Half the width of the axis of differences: whole steps that hold every interval, at most the range."""
    comparison = shown.found.comparison
    ends = [
        abs(end)
        for found in (comparison.scales if comparison else ())
        for end in (found.low, found.high, found.difference)
        if end is not None
    ]
    ranges = [result.hi - result.lo for result in shown.profiles.own.scales]
    return float(min(-(-max(ends, default=1.0) // 1), max(ranges, default=1.0)) or 1.0)


def _difference(shown: ShownArea, row: Difference, limit: float) -> TalkDifference:
    """A row of the table with its interval, which the comparison has as self − manager."""
    comparison = shown.found.comparison
    found = next((one for one in (comparison.scales if comparison else ()) if one.id == row.scale), None)
    low, high = (None, None) if found is None else (found.low, found.high)
    if low is not None and high is not None and shown.profiles.own.perspective == "manager":
        low, high = -high, -low
    words = row.difference_words or "\N{EN DASH}"
    return TalkDifference(
        row=row,
        low=low,
        high=high,
        limit=limit,
        finding=f"{row.name}: {words} ({row.interval_words})"
        if row.interval_words
        else f"{row.name}: {words}",
    )
