"""The table of styles against what was called for, and the situations where choice and call differed most."""

from __future__ import annotations

from assess.scoring.style_results import Direction, LevelRow, SituationTrace
from questionnaires.definition import ACTION_LETTERS, SituationItem, StyleId
from reports.leader.inputs import STYLES, Leader
from reports.leader.parts import Contrast, Contrasts, StyleTable, TableCell, TableRow
from reports.view.parts import Fact

MOST_CONTRASTS = 5


def make_table(leader: Leader) -> StyleTable:
    """One row for each level that situations called for, one column for each style."""
    words = leader.words
    rows = tuple(_row(leader, found) for found in leader.result.table)
    return StyleTable(
        columns=tuple(words.style_title(style) for style in STYLES),
        rows=rows,
        totals=_totals(leader, rows),
        finding="; ".join(_row_words(leader, row) for row in rows),
        caption=words.say(
            "Each row is what the situations called for, each column what you chose. The framed cell is the "
            "best fit. To the left of it you lead more tightly, to the right more loosely."
        ),
    )


def _row_words(leader: Leader, row: TableRow) -> str:
    counts = ", ".join(f"{leader.words.style_mention(cell.style)} {cell.count}" for cell in row.cells)
    return f"{row.need}: {counts}"


def _totals(leader: Leader, rows: tuple[TableRow, ...]) -> tuple[Fact, ...]:
    words = leader.words
    counts = (
        (words.say("Fits best"), sum(row.fitting for row in rows)),
        (words.say("Tighter"), sum(row.tighter for row in rows)),
        (words.say("Looser"), sum(row.looser for row in rows)),
    )
    answered = str(leader.result.answered)
    return tuple(
        Fact(name=name, value=words.say("{done} of {all}", done=str(count), all=answered))
        for name, count in counts
    )


def direction(chosen: StyleId, called: StyleId) -> Direction:
    """How a style lies to the one that was called for: S1 is the tightest, S4 the loosest."""
    if chosen == called:
        return "fitting"
    return "tighter" if chosen < called else "looser"


def _row(leader: Leader, found: LevelRow) -> TableRow:
    called = leader.calls_for(found.level)
    weights = leader.scoring.weights[found.level]
    cells = tuple(
        TableCell(
            style=style,
            count=found.counts.get(style, 0),
            share=found.counts.get(style, 0) / found.answered if found.answered else 0.0,
            weight=weights[style],
            fits=style == called,
            direction=direction(style, called),
        )
        for style in STYLES
    )
    counted = [
        s.weight for s in leader.trace.situations if s.calls_for == found.level and s.weight is not None
    ]

    def together(which: Direction) -> int:
        return sum(cell.count for cell in cells if cell.direction == which)

    return TableRow(
        level=found.level,
        need=leader.need(found.level),
        calls_for=called,
        style=leader.words.style_title(called),
        answered=found.answered,
        cells=cells,
        fitting=together("fitting"),
        tighter=together("tighter"),
        looser=together("looser"),
        points=leader.words.score(sum(counted) / len(counted)) if counted else "\N{EN DASH}",
    )


def make_contrasts(leader: Leader) -> Contrasts:
    """Up to five situations where another action counts more, by the difference, then file order."""
    words = leader.words
    numbered = list(enumerate(leader.trace.situations, start=1))
    differing = [(number, found) for number, found in numbered if _difference(found) > 0]
    differing.sort(key=lambda entry: (-_difference(entry[1]), entry[0]))
    if not differing:
        return Contrasts(
            lead=words.say("In every situation you answered, you chose the action that the model suggests."),
            rows=(),
        )
    return Contrasts(
        lead=words.say(
            "These are the situations where your choice and the model are furthest apart in points. The "
            "model may be wrong, so read them as questions: what did you see that made you choose as you "
            "did?"
        ),
        rows=tuple(_contrast(leader, number, found) for number, found in differing[:MOST_CONTRASTS]),
    )


def _difference(found: SituationTrace) -> int:
    return 0 if found.weight is None else found.best_weight - found.weight


def _contrast(leader: Leader, number: int, found: SituationTrace) -> Contrast:
    words = leader.words
    item = next(
        item
        for item in leader.definition.questionnaire.items
        if isinstance(item, SituationItem) and item.id == found.id
    )
    assert found.position is not None
    assert found.style is not None
    assert found.weight is not None
    best = item.actions.index(found.best_style)
    texts = leader.situation(found.id)
    return Contrast(
        item=found.id,
        number=number,
        situation=texts.situation,
        need=leader.need(found.calls_for),
        own_letter=ACTION_LETTERS[found.position - 1],
        own_style=found.style,
        own_name=words.style_mention(found.style),
        own_action=texts.actions[found.position - 1],
        best_letter=ACTION_LETTERS[best],
        best_style=found.best_style,
        best_name=words.style_mention(found.best_style),
        best_action=texts.actions[best],
        difference=_difference(found),
        direction=direction(found.style, found.best_style),
        direction_words={
            "tighter": words.say("tighter than called for"),
            "looser": words.say("looser than called for"),
            "fitting": "",
        }[direction(found.style, found.best_style)],
        points=words.say("{points} of {most} points", points=str(found.weight), most=str(found.best_weight)),
    )
