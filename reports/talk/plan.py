"""The page of whoever holds the talk: what matters, how to spend the time, how to lead this very talk.

What matters is what the first chosen questions are about (`assess.talks.question_rules.RULES`): differences
beyond error, then real changes, then what is low; the page adds nothing of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from assess.talks.brief_types import BriefQuestion, TalkBrief
from questionnaires.question_bank import OF_A_SCALE, QuestionPattern
from reports.talk.alike import means_other_needs, means_same_need
from reports.talk.areas import READING_ORDER, ShownArea, difference_words, view_of, wholes_differ
from reports.talk.changes import change_of
from reports.talk.parts import NeedRow, Plan, PlanPoint, PlanStep
from reports.talk.speaking import Speaking
from reports.talk.styles import styles_for_talk
from reports.view.parts import Standing
from reports.view.voices import make_mark, mark_words

MOST_POINTS = 3
STEP = 5
"""Minutes: what a plan is made in."""
LONGEST_QUOTE = 120
OF_POINTS: frozenset[QuestionPattern] = OF_A_SCALE | {"between-needs"}
"""What a point can be about; general questions, opening and closing have their own places."""

SHARES: dict[str, float] = {"opening": 0.08, "last": 0.15, "own": 0.2, "agree": 0.2, "closing": 0.07}
"""Of the time of the talk; the rest is for what matters."""
DROPPED = ("closing", "last", "own")
"""What a short talk goes without, in this order: it is then part of what stands beside it."""
LEAST_FOR_MATTERS = 10


def make_plan(found: TalkBrief, areas: Sequence[ShownArea], speaking: Speaking) -> Plan:
    """The talk at a glance."""
    points = _points(found, areas, speaking)
    voices, needs = _rows_of_needs(areas)
    return Plan(
        headline=_headline(areas, speaking),
        lead=_lead(areas, speaking),
        voices=voices,
        needs=needs,
        points=points,
        steps=_steps(found, points, speaking),
        styles=tuple(styles_for_talk(area, found, speaking) for area in areas),
    )


# --- in one sentence -------------------------------------------------------------------------------


def _headline(areas: Sequence[ShownArea], speaking: Speaking) -> str:
    if not areas:
        return speaking.say("A talk without a questionnaire")
    paired = [area for area in areas if area.view.side_by_side is not None]
    if not paired:
        return speaking.say("One view so far: hear the other one first")
    apart = [area for area in paired if means_other_needs(area.found)]
    if apart:
        return _needs_apart(apart, speaking, is_named=len(areas) > 1)
    return _parts_apart(paired, speaking) or _in_common(areas, speaking)


def _parts_apart(paired: Sequence[ShownArea], speaking: Speaking) -> str:
    """How many parts are seen differently; a domain is named where none of its parts is. "" without any."""
    rows = [
        row
        for area in paired
        if area.view.side_by_side
        for row in area.view.side_by_side.differences
        if row.beyond
    ]
    parts = sum(not row.is_domain for row in rows)
    if parts:
        return speaking.count(
            "One part is seen differently: a place to begin",
            "{number} parts are seen differently: a place to begin",
            parts,
        )
    return wholes_differ(paired[0].words, tuple(dict.fromkeys(row.scale for row in rows))) if rows else ""


def _in_common(areas: Sequence[ShownArea], speaking: Speaking) -> str:
    """That both mean the same need, where that is shown of every area; else no more than is known."""
    if all(means_same_need(area.found) for area in areas):
        return speaking.say("The two views probably mean the same need: build on it")
    return speaking.say("No difference that can be told from chance: ask what each of you sees")


def _needs_apart(apart: Sequence[ShownArea], speaking: Speaking, *, is_named: bool) -> str:
    """That views mean different needs, which matters most and is said before anything else."""
    if len(apart) == 1 and is_named and apart[0].name:
        return speaking.say(
            "{area}: the two views probably mean different needs. Begin there", area=apart[0].name
        )
    return speaking.count(
        "The two views probably mean different needs: begin there",
        "The two views probably mean different needs in {number} job areas",
        len(apart),
    )


def _lead(areas: Sequence[ShownArea], speaking: Speaking) -> str:
    """Where each view sees the person, in words of need; several job areas have a row each instead."""
    if len(areas) > 1:
        return ""
    if not areas:
        return speaking.say(
            "There are no answers to look at. The talk rests on what the two of you bring, and on open "
            "questions."
        )
    return _needs(areas[0], speaking)


def _rows_of_needs(areas: Sequence[ShownArea]) -> tuple[tuple[str, ...], tuple[NeedRow, ...]]:
    """Of several job areas: whose views there are, and what each says is needed, area by area. None of one.

    Where one is called otherwise in some area (somebody else gave that rating), it says so in its place.
    """
    if len(areas) < 2:
        return (), ()
    labels: dict[str, str] = {}
    for standing in (one for area in areas for one in area.view.standings):
        labels.setdefault(standing.voice.perspective, standing.voice.label)
    order = [one for one in READING_ORDER[areas[0].audience] if one in labels]
    rows = tuple(
        NeedRow(area.name, tuple(_need_in(area, one, labels[one]) for one in order)) for area in areas
    )
    return tuple(labels[one] for one in order), rows


def _need_in(area: ShownArea, perspective: str, label: str) -> str:
    """What one view of an area says is needed; "" where it is not there."""
    found = next((one for one in area.view.standings if one.voice.perspective == perspective), None)
    if found is None:
        return ""
    return found.headline if found.voice.label == label else f"{found.voice.label}: {found.headline}"


def _needs(area: ShownArea, speaking: Speaking) -> str:
    """What the views of one area say is needed: once, where both say the same."""
    known = [one for one in area.view.standings if one.level is not None]
    needs = [_quoted(one, speaking) for one in known]
    if len(known) > 1 and len(set(needs)) == 1:
        said = speaking.say("Both views: {need}.", need=needs[0])
    elif known:
        said = " ".join(f"{one.voice.label}: {need}." for one, need in zip(known, needs, strict=True))
    else:
        said = f"{area.view.headline}."
    return said


def _quoted(standing: Standing, speaking: Speaking) -> str:
    """A need in quotation marks; between needs each has its own already."""
    headline = standing.headline
    return speaking.words.quoted(headline) if len(standing.needs) == 1 else headline


# --- what matters ----------------------------------------------------------------------------------


def _points(found: TalkBrief, areas: Sequence[ShownArea], speaking: Speaking) -> tuple[PlanPoint, ...]:
    by_id = {area.found.area_id: area for area in areas}
    chosen = [one for one in found.questions if one.pattern in OF_POINTS and one.area_id in by_id]
    return tuple(_point(one, by_id[one.area_id], len(areas) > 1, speaking) for one in chosen[:MOST_POINTS])


def _point(one: BriefQuestion, area: ShownArea, is_named: bool, speaking: Speaking) -> PlanPoint:
    title = _title(one, area, speaking)
    in_rows = is_named and one.scale is None  # of several job areas the needs stand in rows above the points
    return PlanPoint(
        title=f"{title} · {area.name}" if is_named and area.name else title,
        text="" if in_rows else _evidence(one, area, speaking),
        question=one.text,
    )


def _title(one: BriefQuestion, area: ShownArea, speaking: Speaking) -> str:
    if one.scale is None:
        return speaking.say("Which kind of help fits best?")
    scale = area.words.scale_name(one.scale)
    said = {
        "own-higher": speaking.say("{scale}: two views", scale=scale),
        "manager-higher": speaking.say("{scale}: two views", scale=scale),
        "both-low": speaking.say("{scale}: room to grow in both views", scale=scale),
        "both-high": speaking.say("{scale}: a strength in both views", scale=scale),
        "low": speaking.say("{scale}: room to grow", scale=scale),
        "high": speaking.say("{scale}: a strength", scale=scale),
        "fell": speaking.say("{scale}: lower than last time", scale=scale),
        "rose": speaking.say("{scale}: higher than last time", scale=scale),
        "mixed": speaking.say("{scale}: its parts lie far apart", scale=scale),
    }
    return said.get(one.pattern, scale)


def _evidence(one: BriefQuestion, area: ShownArea, speaking: Speaking) -> str:
    """What the point rests on: of a need the need that each view points to, else the numbers."""
    if one.scale is None:
        known = sum(standing.level is not None for standing in area.view.standings)
        certainty = area.view.standings[0].certainty if known < 2 else ""
        return f"{_needs(area, speaking)} {certainty}".strip()
    both = area.view.side_by_side
    row = next((row for row in both.differences if row.scale == one.scale), None) if both else None
    if row is not None and row.beyond:
        return difference_words(area, row)
    if one.pattern in ("fell", "rose"):
        moved = [
            f"{view_of(area, voice)}: {area.words.score(scale.before)} → {area.words.score(scale.after)}"
            for voice in area.view.voices
            if (change := change_of(area.found, voice)) is not None and change.change is not None
            for scale in change.change.scales
            if scale.id == one.scale and scale.before is not None and scale.after is not None
        ]
        said = f"{'; '.join(moved)}." if moved else one.why
        return said[:1].upper() + said[1:]
    marks = [
        make_mark(area.area, v, p, one.scale)
        for v, p in zip(area.view.voices, area.area.profiles, strict=True)
    ]
    return f"{'; '.join(mark_words(mark) for mark in marks)}."


# --- how to spend the time -------------------------------------------------------------------------


def _steps(found: TalkBrief, points: Sequence[PlanPoint], speaking: Speaking) -> tuple[PlanStep, ...]:
    minutes = shared_out(found.talk.minutes, has_past=any(past.agreements for past in found.past))
    said = _said(found, points, speaking)
    at, steps = found.talk.starts_at, []
    for part in ("opening", "last", "own", "matters", "agree", "closing"):
        if part not in minutes:
            continue
        title, lines = said[part]
        steps.append(
            PlanStep(
                at=speaking.clock(at),
                minutes=speaking.say("{number} min.", number=str(minutes[part])),
                title=title,
                lines=tuple(line for line in lines if line),
            )
        )
        at += timedelta(minutes=minutes[part])
    return tuple(steps)


def shared_out(minutes: int, *, has_past: bool) -> dict[str, int]:
    """Minutes for each part of a talk, in fives; together exactly `minutes`.

    Without earlier agreements there is no part for them; what a short talk has no time for (`DROPPED`) is
    left out until `LEAST_FOR_MATTERS` minutes remain for what matters, or nothing more can be left out.
    """
    parts = {part: max(STEP, STEP * round(share * minutes / STEP)) for part, share in SHARES.items()}
    if not has_past:
        del parts["last"]
    for part in DROPPED:
        if minutes - sum(parts.values()) >= LEAST_FOR_MATTERS:
            break
        parts.pop(part, None)
    return parts | {"matters": max(minutes - sum(parts.values()), STEP)}


def _said(
    found: TalkBrief, points: Sequence[PlanPoint], speaking: Speaking
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What each part is called, and what to say or look at in it."""
    live = sum(one.is_live for past in found.past for one in past.agreements)
    every = sum(len(past.agreements) for past in found.past)
    return {
        "opening": (speaking.say("Opening"), (_question(found, "opening"),)),
        "last": (
            speaking.say("Since last time"),
            (
                speaking.count(
                    "One agreement to look back on, {live} still open.",
                    "{number} agreements to look back on, {live} still open.",
                    every,
                    live=str(live),
                ),
            ),
        ),
        "own": (
            speaking.say("{name}’s own points first", name=speaking.person),
            _own_points(found, speaking),
        ),
        "matters": (
            speaking.say("What matters most"),
            (
                speaking.say("The points above, one at a time. Let one go if time runs out.")
                if points
                else speaking.say("What the two of you have brought, and the open questions."),
            ),
        ),
        "agree": (
            speaking.say("Agreements"),
            (
                speaking.say(
                    "A few things, each with a first step, a name and a date, and how you will both see it."
                ),
            ),
        ),
        "closing": (speaking.say("Closing"), (_question(found, "closing"),)),
    }


def _question(found: TalkBrief, pattern: QuestionPattern) -> str:
    return next((one.text for one in found.questions if one.pattern == pattern), "")


def _own_points(found: TalkBrief, speaking: Speaking) -> tuple[str, ...]:
    """What the person has written, in a few words; the whole stands further on."""
    ready = found.person_texts
    if ready is None or found.reader != "holder":
        return (speaking.say("Ask what {name} has brought, and listen to the end.", name=speaking.person),)
    quoted = [
        f"{title}: {speaking.words.quoted(_short(text))}"
        for title, text in (
            (speaking.say("Wishes"), ready.texts.wishes),
            (speaking.say("What got in the way"), ready.texts.obstacles),
            (speaking.say("Questions"), ready.texts.questions),
        )
        if text.strip()
    ]
    return tuple(quoted) or (
        speaking.say("Ask what {name} has brought, and listen to the end.", name=speaking.person),
    )


def _short(text: str) -> str:
    """The beginning of a text in one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_QUOTE:
        return line
    return f"{line[: LONGEST_QUOTE - 1].rsplit(' ', 1)[0].rstrip(' ,.;:')} …"
