"""In short: what a leader understands in one minute, with the certainty of each word of it."""

from __future__ import annotations

from assess.scoring.style_results import StyleUse
from reports.leader.fitting import evidence
from reports.leader.inputs import Leader
from reports.leader.leaning import counts_line
from reports.leader.parts import Brief, Leading, Pattern

VERY_PROBABLE, PROBABLE = 0.95, 0.70
"""From these probabilities the headline says "very probably" and "probably"; under the second "perhaps"."""


def make_brief(leader: Leader, pattern: Pattern | None, leading: Leading | None) -> Brief:
    """The headline of the style profile, of the pattern and of the leaning."""
    return Brief(
        headline=headline(leader),
        certainty=_certainty(leader),
        ranks=_ranks(leader),
        pattern=pattern.headline if pattern else "",
        pattern_line=evidence(leader) if pattern else "",
        leaning=leading.headline if leading else "",
        leaning_line=counts_line(leader) if leading else "",
    )


def headline(leader: Leader) -> str:
    """The most used style. A tie is named; a lead of one answer is not a finding, so both are."""
    words = leader.words
    uses, primary = leader.result.uses, leader.result.primary
    if len(primary) == len(uses):
        return words.say("You use all four styles equally often")
    if len(primary) > 1:
        return words.say(
            "{styles}: your most used styles, level with each other",
            styles=leader.listing(primary, capital=True),
        )
    first = _first(leader)
    close = tuple(use.style for use in uses if use.count >= first.count - 1)
    if len(close) > 1:
        return words.say("{styles}: too close to call", styles=leader.listing(close, capital=True))
    name = words.style_mention(first.style)
    if first.most_used >= VERY_PROBABLE:
        return words.say("Your most used style is very probably {style}", style=name)
    if first.most_used >= PROBABLE:
        return words.say("Your most used style is probably {style}", style=name)
    return words.say("Your most used style is perhaps {style}", style=name)


def _first(leader: Leader) -> StyleUse:
    return next(use for use in leader.result.uses if use.style == leader.result.primary[0])


def _certainty(leader: Leader) -> str:
    words = leader.words
    first = _first(leader)
    count, answered = str(first.count), str(leader.result.answered)
    if len(leader.result.primary) > 1:
        return words.say(
            "Each was chosen in {count} of {answered} situations. These answers cannot show which of them "
            "you really use most.",
            count=count,
            answered=answered,
        )
    second = max(use.count for use in leader.result.uses if use is not first)
    name = words.style_title(first.style)
    if first.count - second == 1:
        return words.say(
            "{style} is one answer ahead ({count} of {answered}). That lead is too small to count: the "
            "probability that you really use it most is {percent}.",
            style=name,
            count=count,
            answered=answered,
            percent=words.percent(first.most_used),
        )
    return words.say(
        "{style} was chosen in {count} of {answered} situations. The probability that you really use it "
        "most is {percent}.",
        style=name,
        count=count,
        answered=answered,
        percent=words.percent(first.most_used),
    )


def _ranks(leader: Leader) -> str:
    """The styles that are not primary, with their counts."""
    words = leader.words
    ranked = {
        rank: words.listing(
            [
                f"{words.style_mention(use.style)} ({use.count})"
                for use in leader.result.uses
                if use.rank == rank
            ]
        )
        for rank in ("secondary", "developing")
    }
    said = []
    if ranked["secondary"]:
        said.append(words.say("Also used: {styles}.", styles=ranked["secondary"]))
    if ranked["developing"]:
        said.append(words.say("Styles you can develop: {styles}.", styles=ranked["developing"]))
    return " ".join(said)
