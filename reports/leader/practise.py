"""Three concrete things to practise, chosen by a rule that is stated and always gives the same."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.definition import LeaningId, StyleId
from reports.leader.inputs import Leader
from reports.leader.parts import Leading, Pattern, Practice

MOST = 3
AGAINST: dict[LeaningId, StyleId] = {"over-leading": "S1", "under-leading": "S4"}
"""A leader who leads too tightly is not sent to practise the tightest style, nor too loosely the loosest."""


def make_practise(leader: Leader, pattern: Pattern | None, leading: Leading | None) -> tuple[Practice, ...]:
    """At most three things, all different, in this order as far as the questionnaire has words for them:

    1. the first step against over- or under-leading, where one clearly outweighs the other;
    2. the first step of the pattern;
    3. the first exercise of each style to be developed, least used first, without that of `AGAINST`;
    4. what is left: the second step of the pattern, the steps where no leaning is clear, the first
       exercise of the least used of the other styles.

    Where every choice fits best, 2 and 4 come after the exercises of all styles: steps of a pattern ask what
    made the choices differ.
    """
    chosen: list[Practice] = []
    for found in _candidates(leader, pattern, leading):
        if len(chosen) < MOST and found.text not in {practice.text for practice in chosen}:
            chosen.append(found)
    return tuple(chosen)


def _candidates(leader: Leader, pattern: Pattern | None, leading: Leading | None) -> Iterator[Practice]:
    leaning = leading.leaning if leading else "fitting"
    least_first = sorted(leader.result.uses, key=lambda use: use.count)
    fit_for = [use for use in least_first if AGAINST.get(leaning) != use.style]
    if leading and leaning != "fitting":
        yield from _steps_of_leaning(leader, leading, 1)
    all_fit = all(found.weight in (None, found.best_weight) for found in leader.trace.situations)
    if not all_fit:
        yield from _steps_of_pattern(pattern, 0)
    for use in fit_for:
        if use.rank == "developing" or all_fit:
            yield from _exercise(leader, use.style, use.count)
    if all_fit:
        yield from _steps_of_pattern(pattern, 0)
    yield from _steps_of_pattern(pattern, 1)
    if leading and leaning == "fitting":
        yield from _steps_of_leaning(leader, leading, MOST)
    for use in fit_for:
        yield from _exercise(leader, use.style, use.count)


def _steps_of_leaning(leader: Leader, leading: Leading, most: int) -> Iterator[Practice]:
    texts = leader.words.texts.leanings.get(leading.leaning)
    for text in leader.words.fill_all(texts.next if texts else ())[:most]:
        yield Practice(source="leaning", why=leading.headline, text=text)


def _steps_of_pattern(pattern: Pattern | None, number: int) -> Iterator[Practice]:
    if pattern and len(pattern.next) > number:
        yield Practice(source="pattern", why=pattern.headline, text=pattern.next[number])


def _exercise(leader: Leader, style: StyleId, count: int) -> Iterator[Practice]:
    words = leader.words
    texts = words.texts.styles.get(style)
    if texts and texts.practise:
        why = words.say(
            "{style}: chosen in {count} of {answered} situations",
            style=words.style_title(style),
            count=str(count),
            answered=str(leader.result.answered),
        )
        yield Practice(source="style", why=why, text=words.fill(texts.practise[0]), style=style)
