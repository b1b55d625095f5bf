"""The style profile: four counts with their intervals, and what each style gives, takes and is needed for."""

from __future__ import annotations

from assess.scoring.style_results import StyleUse
from reports.leader.brief import headline
from reports.leader.inputs import Leader
from reports.leader.parts import StyleProfile, StyleRow


def make_profile(leader: Leader) -> StyleProfile:
    """The four styles in the order S1…S4."""
    words = leader.words
    rows = tuple(_row(leader, use) for use in leader.result.uses)
    return StyleProfile(
        answered=leader.result.answered,
        rows=rows,
        finding=f"{headline(leader)}. {'; '.join(row.finding for row in rows)}",
        caption=words.say(
            "The bar is how often you chose the style. The line below it is its interval: the true share is "
            "within it in {percent} of cases. “Most used?” is the probability that this really is the style "
            "you use most. More of one style means less of another: compare your styles with each other, "
            "not with other managers.",
            percent=words.percent(leader.profile.interval),
        ),
    )


def _row(leader: Leader, use: StyleUse) -> StyleRow:
    words = leader.words
    texts = words.texts.styles.get(use.style)
    name = words.style_title(use.style)
    interval = words.percents(use.low, use.high)
    return StyleRow(
        style=use.style,
        name=name,
        count=use.count,
        share=use.share,
        low=use.low,
        high=use.high,
        most_used=use.most_used,
        rank=use.rank,
        count_words=str(use.count),
        share_words=words.near_percent(use.share),
        interval_words=interval,
        most_words=words.percent(use.most_used),
        rank_words=rank_words(leader, use),
        finding=f"{name} {use.count} ({interval})",
        about=words.fill(texts.about) if texts else "",
        strengths=words.fill(texts.strengths) if texts else "",
        overuse=words.fill(texts.overuse) if texts else "",
        needed=words.fill(texts.needed) if texts else "",
    )


def rank_words(leader: Leader, use: StyleUse) -> str:
    """Primary, secondary or to be developed, in words."""
    words = leader.words
    return {
        "primary": words.say("most used") if len(leader.result.primary) == 1 else words.say("joint first"),
        "secondary": words.say("also used"),
        "developing": words.say("to develop"),
    }[use.rank]
