"""The talk brief: what the use case has found becomes the value that screen, paper and presentation are made
of."""

from __future__ import annotations

from collections.abc import Sequence

from assess.language.direction import unturned
from assess.talks.brief_types import BriefQuestion, TalkBrief
from questionnaires.definition import LanguageId
from reports.talk.areas import ShownArea, make_area, show_area
from reports.talk.headings import make_headings
from reports.talk.parts import FORMAT, BriefView, TalkQuestion
from reports.talk.plan import make_plan
from reports.talk.speaking import Speaking, speaking
from reports.talk.texts import agreed_now, last_time, preparations


def brief_view(found: TalkBrief, language: LanguageId) -> BriefView:
    """The brief in `language`, days and times in the organisation's zone. Contains only what `found` holds.

    The plan and the working notes are there for whoever holds the talk, and for nobody else. The view's day
    is that of the talk, so that the same brief made twice is the same.
    """
    spoken = speaking(
        found.talk, found.reader, language=language, zone=found.zone, customer=found.organisation.customer
    )
    areas = tuple(show_area(area, spoken) for area in found.areas)
    is_holder = found.reader == "holder"
    talk = found.talk
    return BriefView(
        format=FORMAT,
        language=language,
        reader=found.reader,
        title=spoken.say("Talk brief"),
        subject=unturned(talk.person.name),
        first_name=spoken.person,
        other=unturned(talk.holder.name),
        organisation=unturned(found.organisation.name),
        day=talk.starts_at.astimezone(found.zone).date().isoformat(),
        date=spoken.day(talk.starts_at),
        time=spoken.span(),
        place=unturned(talk.place),
        summary=spoken.say("Preparation for a development talk."),
        plan=make_plan(found, areas, spoken) if is_holder else None,
        notes=found.note if is_holder else "",
        areas=tuple(make_area(area, spoken) for area in areas),
        nothing="" if areas else _nothing(spoken),
        questions=_questions(found, areas),
        preparations=preparations(found, spoken),
        last_time=last_time(found.past, spoken, found.today),
        agreed=agreed_now(found, spoken),
        reading=_reading(areas, spoken),
        words=make_headings(spoken),
    )


def _nothing(spoken: Speaking) -> str:
    """That there are no answers to look at, and never why."""
    if spoken.reader == "person":
        return spoken.say(
            "There are no answers of yours to look at. The talk rests on what the two of you bring, and on "
            "open questions."
        )
    if spoken.reader == "shown":
        return spoken.say(
            "There are no answers that you may see. The talk is between {name} and whoever holds it.",
            name=spoken.person,
        )
    return spoken.say(
        "There are no answers to look at. The talk rests on what the two of you bring, and on open questions."
    )


def _questions(found: TalkBrief, areas: Sequence[ShownArea]) -> tuple[TalkQuestion, ...]:
    """In the order in which they were chosen; the job area is named where there is more than one."""
    names = {area.found.area_id: area.name for area in areas} if len(areas) > 1 else {}
    by_id = {area.found.area_id: area for area in areas}
    return tuple(
        TalkQuestion(
            text=one.text,
            why=_why(one, by_id.get(one.area_id)),
            job_area=names.get(one.area_id, "") if one.scale or one.area_id else "",
        )
        for one in found.questions
    )


def _why(one: BriefQuestion, area: ShownArea | None) -> str:
    """Why a question is here; of a scale, under its name."""
    if one.scale is None or area is None:
        return one.why
    return f"{area.words.scale_name(one.scale)}: {one.why[:1].lower()}{one.why[1:]}"


def _reading(areas: Sequence[ShownArea], spoken: Speaking) -> tuple[str, ...]:
    """How to read it, and what it is not for."""
    lines = [
        spoken.say(
            "For this talk and for nothing else: not for pay, selection, dismissal or comparing people."
        )
    ]
    if areas:
        lines.append(
            spoken.say(
                "Scores are what one person answered on one day, each with an uncertainty. Nobody is right "
                "where views differ: the difference is the subject of the talk."
            )
        )
    if areas and spoken.reader == "person" and spoken.holder:
        lines.append(
            spoken.say(
                "{name} reads only what {name} has answered and what you have shared, so the same talk may "
                "look different there, and rest on other answers. You can share yours on the page of your "
                "result.",
                name=spoken.holder,
            )
        )
    if areas and spoken.reader == "holder":
        lines.append(
            spoken.say(
                "{name} may see other answers, so the same talk may look different there. What you look at "
                "together holds only what each of you may see alone.",
                name=spoken.person,
            )
        )
    return tuple(lines)
