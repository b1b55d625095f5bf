"""From what was typed to a plan: every fault with its field, in words; nothing is repaired silently.

What is only missing is no fault: a draft may be incomplete, and `assess.campaigns.plans.opening` says what it
still needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from wtforms.form import BaseForm  # type: ignore[import-untyped]

from assess.campaigns.plans import LONGEST_TEXT, MOST_REMINDERS, AreaMode, NoSuchTime, WavePlan, local_time
from assess.disclosure.thresholds import LEAST_GROUP
from assess.people.register import require_name
from assess.people.tree import UnitTree
from assess.web.admin.campaign_form import (
    Entered,
    day_of,
    known_basis,
    known_languages,
    planned,
    time_of,
)
from assess.web.language import gettext
from questionnaires.definition import Definition

LONGEST_NAME = 100
MOST_PEOPLE, MOST_AREAS, MOST_DAYS = 1_000, 9, 365


@dataclass
class _Faults:
    """What is wrong, by the name of the field; the first fault of a field counts."""

    found: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        self.found.setdefault(name, text)


def read_campaign(
    form: BaseForm, definitions: dict[str, Definition], tree: UnitTree, zone: ZoneInfo
) -> tuple[Entered, dict[str, str]]:
    """What the form says, and what is wrong with it by field. With a fault the plan is that of the fields
    that could be understood: good for a preview, not for storing."""
    faults = _Faults()
    opens_at = _moment(form, "opens", zone, faults, late=False)
    closes_at = _moment(form, "closes", zone, faults, late=True)
    if opens_at and closes_at and closes_at <= opens_at:
        faults.add("closes-on", gettext("The closing time must be after the opening time"))
    asked = planned(form["asked"].data or [], definitions)
    if asked is None:
        faults.add("asked", gettext("Choose questionnaires from the list"))
    plan = WavePlan(
        questionnaires=asked or (),
        unit_ids=_units(form, tree, faults),
        languages=known_languages(form["languages"].data or []),
        reminders=_reminders(form["reminders"].data or "", faults),
        least=_number(form, "least", LEAST_GROUP, MOST_PEOPLE, faults),
        legal_basis=known_basis(form["legal-basis"].data),
        legal_text=_text(form, "legal-text", LONGEST_TEXT, faults),
        purpose=_text(form, "purpose", LONGEST_TEXT, faults),
        delete_on=_day(form, "delete-on", faults),
        discussed_on=_day(form, "discussed-on", faults),
        job_areas=_area_mode(form),
        max_job_areas=_number(form, "max-job-areas", 1, MOST_AREAS, faults),
        time_zone=zone.key,
    )
    if not plan.languages:
        faults.add("languages", gettext("Choose at least one language"))
    name = _text(form, "name", LONGEST_NAME, faults)
    try:
        require_name(name)
    except ValueError:
        needed = gettext("Write the name in one line, without special signs")
        faults.add("name", needed if name else gettext("Give the campaign a name"))
    return Entered(name, plan, opens_at, closes_at), faults.found


def _area_mode(form: BaseForm) -> AreaMode:
    return "given" if form["job-areas"].data == "given" else "chosen"


def _units(form: BaseForm, tree: UnitTree, faults: _Faults) -> tuple[str, ...]:
    """The ticked units; one that lies beneath another ticked one is in it already."""
    if form["scope"].data != "units":
        return ()
    ticked = dict.fromkeys(form["unit"].data or [])
    if any(unit_id not in tree for unit_id in ticked):
        faults.add("scope", gettext("A unit has been closed since this page was opened. Choose again"))
    known = [unit_id for unit_id in ticked if unit_id in tree]
    if not ticked:
        faults.add("scope", gettext("Choose at least one unit, or the whole organisation"))
    return tuple(
        unit_id for unit_id in known if not any(place in ticked for place in tree.above(unit_id)[1:])
    )


def _reminders(text: str, faults: _Faults) -> tuple[int, ...]:
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    if not all(part.isascii() and part.isdigit() and 1 <= int(part[:6]) <= MOST_DAYS for part in parts):
        faults.add("reminders", gettext("Write the days before closing as whole numbers, like 7, 2"))
        return ()
    if len(set(parts)) > MOST_REMINDERS:
        faults.add("reminders", gettext("Plan at most %(most)s reminders", most=MOST_REMINDERS))
        return ()
    return tuple(sorted({int(part) for part in parts}, reverse=True))


def _number(form: BaseForm, name: str, least: int, most: int, faults: _Faults) -> int:
    text = form[name].data or ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
    if number is None or not least <= number <= most:
        faults.add(
            name, gettext("Write a whole number between %(least)s and %(most)s", least=least, most=most)
        )
        return least
    return number


def _text(form: BaseForm, name: str, longest: int, faults: _Faults) -> str:
    text: str = form[name].data or ""
    if len(text) > longest:
        faults.add(
            name,
            gettext(
                "Shorten this to at most %(most)s characters; it has %(number)s",
                most=longest,
                number=len(text),
            ),
        )
    return text[:longest]


def _day(form: BaseForm, name: str, faults: _Faults) -> date | None:
    text = form[name].data or ""
    day = day_of(text) if text else None
    if text and day is None:
        faults.add(name, gettext("Write the day like 2026-11-30 or 30.11.2026"))
    return day


def _moment(form: BaseForm, which: str, zone: ZoneInfo, faults: _Faults, *, late: bool) -> datetime | None:
    """The moment of a day and a time; None when no day is given."""
    name = f"{which}-on"
    day = _day(form, name, faults)
    if day is None:
        return None
    clock = _clock(form, f"{which}-time", faults)
    if clock is None:
        return None
    try:
        return local_time(day, clock, zone, late=late)
    except NoSuchTime:
        faults.add(
            f"{which}-time",
            gettext("This time does not exist: the clocks go forward in that night. Choose another one"),
        )
        return None


def _clock(form: BaseForm, name: str, faults: _Faults) -> time | None:
    text = form[name].data or ""
    clock = time_of(text)
    if clock is None:
        faults.add(name, gettext("Write the time like 08:00"))
    return clock
