"""Over- and under-leading: both indices with their intervals, and whether one clearly outweighs the other."""

from __future__ import annotations

from assess.scoring.style_results import LeadingId, LeadingIndex
from questionnaires.definition import LeaningId
from reports.leader.inputs import Leader
from reports.leader.parts import Leading, LeadingRow

SURE_ENOUGH = 0.95
"""How probable it must be that one index is the larger before a leaning is named."""
LEAST_SHARE = 1 / 3
"""Of the situations in which it is possible: fewer choices in one direction are not called a leaning."""


def make_leading(leader: Leader) -> Leading | None:
    """Both indices; None where nothing was possible."""
    found = leader.result.leading
    if not found:
        return None
    leaning = leaning_of(leader)
    texts = leader.words.texts.leanings.get(leaning)
    fill = leader.words.fill
    return Leading(
        rows=tuple(_row(leader, index) for index in found),
        leaning=leaning,
        headline=leaning_name(leader, leaning),
        about=fill(texts.about) if texts else "",
        meaning=fill(texts.meaning) if texts else "",
        rule=leader.words.say(
            "Where we draw the lines: we name a leaning when it is at least {sure} probable that one "
            "direction outweighs the other, and when you chose it in at least a third of the situations "
            "where it is possible. Both lines are conventions.",
            sure=leader.words.percent(SURE_ENOUGH),
        ),
    )


def leaning_of(leader: Leader) -> LeaningId:
    """Which index outweighs the other: only where that is sure enough and no matter of a few choices."""
    sure = leader.result.over_outweighs
    if sure is None:
        return "fitting"
    name: LeadingId = "over-leading" if sure >= 0.5 else "under-leading"
    found = _index(leader, name)
    if max(sure, 1 - sure) < SURE_ENOUGH or found is None or (found.share or 0.0) < LEAST_SHARE:
        return "fitting"
    return name


def leaning_name(leader: Leader, leaning: LeaningId) -> str:
    """The questionnaire's name of a leaning; the common one where the file is silent."""
    words = leader.words
    texts = words.texts.leanings.get(leaning)
    if texts:
        return words.fill(texts.name)
    return {
        "over-leading": words.say("Over-leading"),
        "under-leading": words.say("Under-leading"),
        "fitting": words.say("No clear leaning"),
    }[leaning]


def counts_line(leader: Leader) -> str:
    """Both counts in a sentence."""
    over, under = _index(leader, "over-leading"), _index(leader, "under-leading")
    if over is None or under is None:
        return ""
    chosen, possible = (str(over.count), str(under.count)), (str(over.possible), str(under.possible))
    return leader.words.say(
        "Tighter than called for: {over} of {over_possible}. Looser: {under} of {under_possible}.",
        over=chosen[0],
        over_possible=possible[0],
        under=chosen[1],
        under_possible=possible[1],
    )


def _index(leader: Leader, name: str) -> LeadingIndex | None:
    return next((index for index in leader.result.leading if index.id == name), None)


def _row(leader: Leader, index: LeadingIndex) -> LeadingRow:
    words = leader.words
    name = leaning_name(leader, index.id)
    counted = words.say("{done} of {all}", done=str(index.count), all=str(index.possible))
    known = index.low is not None and index.high is not None
    interval = words.percents(index.low or 0.0, index.high or 0.0) if known else ""
    return LeadingRow(
        id=index.id,
        name=name,
        count=index.count,
        possible=index.possible,
        share=index.share,
        low=index.low,
        high=index.high,
        count_words=counted,
        share_words="" if index.share is None else words.near_percent(index.share),
        interval_words=interval,
        finding=f"{name}: {counted}" + (f" ({interval})" if interval else ""),
    )
