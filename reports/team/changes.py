"""What has changed since the wave before: of the same people as a group, and of each person alone."""

from __future__ import annotations

from assess.language.direction import unturned
from assess.measurement.change import Verdict
from assess.profiles_seen.types import AreaChange, NoChange
from assess.team_profiles.types import PersonArea, TeamChange, TeamPerson, TeamScaleChange
from reports.group.parts import GroupBar
from reports.team.heat import short_names
from reports.team.heat_parts import ChangeCell, ChangePart, ChangeRow, PersonChange
from reports.team.inputs import NOTHING, Team


def change(team: Team) -> ChangePart | None:
    """None where nothing was rated in two waves."""
    scales = tuple(scale for scale in team.technical if scale in team.range_of)
    people = tuple(
        _person(team, person, area, area.change, scales)
        for person, area in team.rows()
        if area.change is not None
    )
    group = team.found.team_change
    if group is None and not people:
        return None
    rows = () if group is None else tuple(_row(team, group, one) for one in _in_order(team, group))
    limit = _limit(group)
    words = team.words
    return ChangePart(
        finding=_finding(team, rows, people),
        on_paper=_finding(team, (), people),
        who="" if group is None else _who(team, group),
        caption=words.say(
            "Your own ratings now less your ratings then. “Real” is a change that error in measuring hardly "
            "explains; for a single part and person that takes about a whole point. No number tells why it "
            "changed."
        ),
        rows=rows,
        axis=(words.signed_short(-limit), "0", words.signed_short(limit)),
        scales=scales,
        columns=tuple(words.scale_name(scale) for scale in scales),
        heads=short_names(team, scales),
        people=people,
    )


# --- the group -------------------------------------------------------------------------------------


def _in_order(team: Team, group: TeamChange) -> list[TeamScaleChange]:
    found = {one.scale_id: one for one in group.scales}
    order = dict.fromkeys((*team.technical, *team.psychological)) | dict.fromkeys(found)
    return [found[scale] for scale in order if scale in found]


def _limit(group: TeamChange | None) -> float:
    """The end of the axis: a whole number that every interval keeps to."""
    ends = [] if group is None else [abs(end) for one in group.scales for end in (one.low, one.high) if end]
    return float(max(1, -(-max(ends, default=0.0) // 1)))


def _row(team: Team, group: TeamChange, one: TeamScaleChange) -> ChangeRow:
    words, limit = team.words, _limit(group)
    name = words.scale_name(one.scale_id)
    shown = NOTHING if one.difference is None else _signed(team, one.difference)
    cuts = team.quadrants
    return ChangeRow(
        id=one.scale_id,
        name=name,
        is_whole=cuts is not None and one.scale_id in (cuts.across, cuts.up),
        difference=one.difference,
        low=one.low,
        high=one.high,
        words=shown,
        interval=""
        if one.low is None or one.high is None
        else words.say("{low} to {high}", low=_signed(team, one.low), high=_signed(team, one.high)),
        verdict=verdict_words(team, one.verdict),
        is_real=one.verdict == "real",
        bar=None
        if one.difference is None
        else GroupBar(
            finding=f"{name}: {shown}",
            lo=-limit,
            hi=limit,
            ticks=(-limit, 0.0, limit),
            point=one.difference,
            low=one.low,
            high=one.high,
        ),
    )


def _signed(team: Team, value: float) -> str:
    sign = "" if abs(value) < 0.05 else "+" if value > 0 else "\N{MINUS SIGN}"
    return f"{sign}{team.words.score(abs(value))}"


def verdict_words(team: Team, verdict: str | None) -> str:
    """ "real", "may be noise", or that it cannot be told."""
    words = team.words
    if verdict is None:
        return words.say("cannot be told")
    return words.say("real") if verdict == "real" else words.say("may be noise")


def _who(team: Team, group: TeamChange) -> str:
    words = team.words
    lines = [
        words.count(
            "{number} person whom you rated both in {earlier} and in {later}.",
            "{number} people whom you rated both in {earlier} and in {later}.",
            group.people,
            earlier=group.earlier_wave,
            later=group.later_wave,
        )
    ]
    if group.came is not None and group.left is not None and group.came + group.left:
        lines.append(
            words.say(
                "Rated for the first time: {came}; only then, or gone by now: {left}.",
                came=str(group.came),
                left=str(group.left),
            )
        )
    elif group.came is None or group.left is None:
        lines.append(
            words.say(
                "The people are not the same as before: some have come or gone, and the figures are of those "
                "alone whom you rated both times. With other people they can be others."
            )
        )
    counted = next((one.people for one in team.found.facets if one.source == "ratings"), group.people)
    if counted != group.people:
        lines.append(
            words.say(
                "Your ratings as a group count {number}: whoever has a result on every part now.",
                number=str(counted),
            )
        )
    lines.append(words.say("This stands on the page alone, not in the document and not in the tables."))
    return " ".join(lines)


# --- each person -----------------------------------------------------------------------------------


def _person(
    team: Team, person: TeamPerson, area: PersonArea, found: AreaChange, scales: tuple[str, ...]
) -> PersonChange:
    known = {} if found.change is None else {one.id: one for one in found.change.scales}
    cells = []
    for scale in scales:
        one = known.get(scale)
        difference = None if one is None else one.difference
        cells.append(
            ChangeCell(
                difference=difference,
                words=NOTHING if difference is None else _signed(team, difference),
                verdict=verdict_words(team, None if one is None else one.verdict),
                is_real=one is not None and one.verdict == "real",
            )
        )
    is_real = any(cell.is_real for cell in cells)
    told: Verdict | None = (
        "real" if is_real else "may-be-noise" if any(c.difference is not None for c in cells) else None
    )
    real = [scale for scale, cell in zip(scales, cells, strict=True) if cell.is_real]
    return PersonChange(
        person_id=person.person.id,
        name=unturned(person.person.name),
        area=team.area_name(area),
        since=found.earlier.wave_name,
        verdict=_told(team, told, real) if found.reason is None else _reason(team, found.reason),
        is_real=is_real,
        cells=tuple(cells),
    )


def _told(team: Team, told: Verdict | None, real: list[str]) -> str:
    """Which parts have really changed: a real change of one part says nothing of the whole."""
    if not real:
        return verdict_words(team, told)
    return team.words.say(
        "real: {parts}", parts=team.words.listing([team.words.scale_mention(one) for one in real])
    )


def _reason(team: Team, reason: NoChange) -> str:
    words = team.words
    return {
        "another-questionnaire": words.say("not comparable: another questionnaire"),
        "another-version": words.say("not comparable: the questionnaire has changed"),
        "another-form": words.say("not comparable: other questions were asked"),
        "another-manager": words.say("not comparable: somebody else rated then"),
    }[reason]


def _finding(team: Team, rows: tuple[ChangeRow, ...], people: tuple[PersonChange, ...]) -> str:
    """The group's real changes by name; without them how many people have one."""
    words = team.words
    up, down = (
        [words.scale_mention(row.id) for row in rows if row.is_real and (row.difference or 0.0) * way > 0]
        for way in (1, -1)
    )
    if up and down:
        return words.say(
            "Really up: {up}. Really down: {down}.", up=words.listing(up), down=words.listing(down)
        )
    if up:
        return words.say("Really up: {up}. The rest may be noise.", up=words.listing(up))
    if down:
        return words.say("Really down: {down}. The rest may be noise.", down=words.listing(down))
    real = sum(one.is_real for one in people)
    if real and people:
        return words.say(
            "In {real} of {total} ratings a technical part has really changed; the rest may be noise.",
            real=str(real),
            total=str(len(people)),
        )
    return words.say("No change is large enough to be more than noise.")
