"""The method page of a leader's report: what it is for, how precise it is, and the small print."""

from __future__ import annotations

from datetime import date

from reports.leader.inputs import Leader
from reports.view.method import make_origin, questionnaire_facts, tested
from reports.view.parts import Fact, Method


def make_method(leader: Leader, today: date) -> Method:
    """Intended use, method and limits from the questionnaire's texts; figures from the profile."""
    words = leader.words
    return Method(
        intended_use=words.fill_all(words.texts.intended_use),
        not_for=words.fill_all(words.texts.not_for),
        made=words.fill_all(words.texts.method),
        tested=tested(words, leader.definition),
        precision=_precision(leader),
        contest=words.say(
            "Do you see it differently? Write it on the notes page. "
            "Your own words count as much as the numbers."
        ),
        legend=(),
        origin=make_origin(words, leader.definition, "", leader.scoring.cut_reason),
        facts=_facts(leader, today),
    )


def _precision(leader: Leader) -> tuple[str, ...]:
    words = leader.words
    return (
        words.say(
            "Few answers, wide intervals. Each interval contains the true value in {percent} of cases, if "
            "you would make the same kinds of choices in other situations like these.",
            percent=words.percent(leader.profile.interval),
        ),
        words.say(
            "Chosen on paper, not seen at work. The answers say what you would do in described situations. "
            "How close that is to what you do, and to what others see, is not known."
        ),
        words.say(
            "No norms and no ranking. The counts always add up to the same total, so you can compare your "
            "own styles with each other, but not with another manager’s."
        ),
    )


def _facts(leader: Leader, today: date) -> tuple[Fact, ...]:
    words, result = leader.words, leader.result
    return (
        *questionnaire_facts(words, leader.profile, today),
        Fact(
            name=words.say("Situations answered"),
            value=words.say("{done} of {all}", done=str(result.answered), all=str(result.asked)),
        ),
    )
