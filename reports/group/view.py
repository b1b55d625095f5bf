"""From a published group to its view: the same for the page, the PDF and the JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assess.releases.agreement import agrees, as_told
from assess.releases.figures import GroupFigures, MeasureFigure
from assess.releases.reading import ReleaseView
from questionnaires.definition import Definition, LanguageId
from reports.group.apart import groups_apart
from reports.group.headings import headings, reading
from reports.group.not_shown import not_shown, who
from reports.group.parts import FORMAT, GroupBar, GroupComments, GroupLevel, GroupRow, GroupView
from reports.view.method import tested
from reports.view.parts import Fact
from reports.view.words import Words, words_for


def group_view(
    found: ReleaseView,
    *,
    language: LanguageId,
    today: date,
    organisation: str = "",
    customer: str = "customer",
) -> GroupView:
    """The view of one group. `today`: the day on which the release was made, in the organisation's zone."""
    definition = found.release.definition
    words = words_for(definition, language, customer)
    figures = found.figures
    order = _in_order(definition, figures)
    rows = tuple(_row(words, definition, one) for one in order)
    return GroupView(
        format=FORMAT,
        language=words.language,
        title=words.fill(words.texts.title),
        subject=found.unit.name,
        path=" / ".join(name for name in found.unit.path[:-1] if name != organisation),
        wave=found.release.about.wave_name,
        organisation=organisation,
        day=today.isoformat(),
        date=words.day(today),
        summary=words.fill(words.texts.summary),
        people=figures.people,
        who=who(words, found),
        tested=tested(words, definition),
        axis=_axis(words, figures),
        rows=rows,
        has_intervals=any(row.interval_words for row in rows),
        has_spread=any(row.spread_words for row in rows),
        has_agreement=any(row.agreement_words for row in rows),
        trend_head=""
        if found.compared_wave is None
        else words.say("Change since {wave}", wave=found.compared_wave),
        compared=_compared(words, found),
        levels=_levels(words, figures),
        apart=groups_apart(words, definition, found.release.about.icc, [one.id for one in order]),
        comments=_comments(words, found),
        reading=reading(words, definition, figures),
        not_shown=not_shown(words, found),
        facts=_facts(words, found, today),
        words=headings(words, definition),
    )


def _in_order(definition: Definition, figures: GroupFigures) -> list[MeasureFigure]:
    """Each domain before its facets, as the questionnaire has them."""
    found = {one.id: one for one in figures.measures}
    order: dict[str, None] = {}
    for scale_id, scale in definition.questionnaire.scales.items():
        if scale.facets:
            order |= dict.fromkeys((scale_id, *scale.facets))
    order |= dict.fromkeys(found)
    return [found[one] for one in order if one in found]


def _row(words: Words, definition: Definition, figure: MeasureFigure) -> GroupRow:
    scale = definition.questionnaire.scales.get(figure.id)
    name = _name(words, figure)
    differ = agrees(figure.agreement) is False
    figure = as_told(figure)
    value = words.say("views differ") if differ else _value(words, figure)
    interval = _range(words, figure, figure.low, figure.high)
    change = figure.trend
    trend = ""
    if change is not None:
        trend = _signed(words, figure, change.difference)
        if change.low is not None and change.high is not None:
            low, high = (_signed(words, figure, end) for end in (change.low, change.high))
            trend = words.say("{difference} ({low} to {high})", difference=trend, low=low, high=high)
    spread = "" if figure.sd is None else _number(words, figure, figure.sd)
    return GroupRow(
        id=figure.id,
        name=name,
        is_whole=scale is not None and bool(scale.facets),
        bar=_bar(figure, f"{name}: {value}" + (f" ({interval})" if interval else "")),
        value_words=value,
        interval_words=interval,
        spread_words=spread,
        agreement_words="" if figure.agreement is None else words.score(figure.agreement),
        views_differ=differ,
        trend_words=trend,
        trend_is_clear=change is not None and change.beyond,
    )


def _name(words: Words, figure: MeasureFigure) -> str:
    if figure.kind == "share":
        return words.style_title(figure.id)  # type: ignore[arg-type]
    return words.scale_name(figure.id)


def _value(words: Words, figure: MeasureFigure) -> str:
    if figure.mean is not None:
        return _number(words, figure, figure.mean)
    low, high = figure.band or (figure.lo, figure.hi)
    if low <= figure.lo:
        return words.say("{number} or less", number=_number(words, figure, high))
    if high >= figure.hi:
        return words.say("{number} or more", number=_number(words, figure, low))
    return _range(words, figure, low, high)


def _number(words: Words, figure: MeasureFigure, value: float) -> str:
    return words.near_percent(value) if figure.kind == "share" else words.score(value)


def _signed(words: Words, figure: MeasureFigure, value: float) -> str:
    if figure.kind == "share":
        return words.points(value)
    sign = "" if abs(value) < 0.05 else "+" if value > 0 else "\N{MINUS SIGN}"
    return f"{sign}{words.score(abs(value))}"


def _range(words: Words, figure: MeasureFigure, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return words.percents(low, high) if figure.kind == "share" else words.interval(low, high)


def _bar(figure: MeasureFigure, finding: str) -> GroupBar:
    low, high = figure.band or (figure.low, figure.high)
    steps = 4 if figure.kind == "share" else round(figure.hi - figure.lo)
    width = (figure.hi - figure.lo) / max(steps, 1)
    return GroupBar(
        finding=finding,
        lo=figure.lo,
        hi=figure.hi,
        ticks=tuple(figure.lo + width * step for step in range(steps + 1)),
        point=figure.mean,
        low=low,
        high=high,
    )


def _axis(words: Words, figures: GroupFigures) -> tuple[str, str]:
    """What stands at the two ends of the bars; nothing where scales have different ends."""
    ends = {(one.lo, one.hi, one.kind) for one in figures.measures}
    if len(ends) != 1:
        return ("", "")
    [one] = list(figures.measures)[:1]
    if one.kind == "share":
        return (words.near_percent(0.0), words.near_percent(1.0))
    return (words.whole(one.lo), words.whole(one.hi))


def _compared(words: Words, found: ReleaseView) -> str:
    """Whose earlier figures the changes are counted from; how many have come and gone where it is told."""
    known = (as_told(one).trend for one in found.figures.measures)
    change = next((one for one in known if one is not None), None)
    wave = found.compared_wave
    if change is None or wave is None:
        return ""
    if change.same_people:
        return words.say("Compared with {wave}: the same people.", wave=wave)
    if change.came is not None and change.left is not None:
        return words.say(
            "Compared with {wave}: {came} have come, {left} have gone.",
            wave=wave,
            came=str(change.came),
            left=str(change.left),
        )
    if change.same_people is None:  # a release made before this was noted
        return words.say("Compared with {wave}.", wave=wave)
    return words.say("Compared with {wave}: not all are the same people.", wave=wave)


def _levels(words: Words, figures: GroupFigures) -> tuple[GroupLevel, ...]:
    result = []
    for level, share in (figures.levels or {}).items():
        texts = words.texts.levels.get(level)  # type: ignore[call-overload]
        name = words.fill(texts.need) if texts else level
        shown = _level_words(words, share)
        result.append(GroupLevel(id=level, name=name, words=shown, bar=_share_bar(f"{name}: {shown}", share)))
    return tuple(result)


def _level_words(words: Words, share: float) -> str:
    number = words.near_percent(share)
    if share <= 0.05:
        return words.say("{number} or less", number=number)
    return words.say("{number} or more", number=number) if share >= 0.95 else number


def _share_bar(finding: str, share: float) -> GroupBar:
    return GroupBar(
        finding=finding,
        lo=0.0,
        hi=1.0,
        ticks=(0.0, 0.25, 0.5, 0.75, 1.0),
        point=None,
        low=None,
        high=None,
        filled=share,
    )


def _comments(words: Words, found: ReleaseView) -> tuple[GroupComments, ...]:
    return tuple(
        GroupComments(
            question=words.fill(_question(words.texts.items, one.item_id, found.release.perspective)),
            texts=one.texts,
        )
        for one in found.figures.comments or ()
        if one.texts
    )


def _question(items: Mapping[str, object], item_id: str, perspective: str) -> str:
    texts = items.get(item_id)
    text = texts.get(perspective) if isinstance(texts, Mapping) else None
    return text if isinstance(text, str) else item_id


def _facts(words: Words, found: ReleaseView, today: date) -> tuple[Fact, ...]:
    return (
        Fact(name=words.say("Wave"), value=found.release.about.wave_name),
        Fact(name=words.say("Made"), value=words.day(today)),
        Fact(
            name=words.say("Questionnaire"),
            value=f"{words.fill(words.texts.title)} {found.release.definition.questionnaire.version}",
        ),
        Fact(
            name=words.say("Least size of a group"),
            value=words.count("{number} person", "{number} people", found.release.about.least),
        ),
    )
