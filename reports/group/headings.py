"""How to read a group's result, and the headings of its page and paper."""

from __future__ import annotations

from assess.releases.agreement import AGREED, ALL, as_told
from assess.releases.figures import GroupFigures
from questionnaires.definition import Definition, Situations
from reports.view.words import Words


def reading(words: Words, definition: Definition, figures: GroupFigures) -> tuple[str, ...]:
    """What each sign of the table means, of those that stand there."""
    lines = []
    interval = words.near_percent(definition.questionnaire.interval)
    told = [as_told(one) for one in figures.measures]
    if any(one.low is not None for one in told):
        lines.append(
            words.say(
                "The point is the mean of the group. The bar behind it is where the mean could lie if "
                "everybody of the same kind had answered ({interval} interval).",
                interval=interval,
            )
        )
    elif any(one.mean is not None for one in told):
        lines.append(words.say("The point is the mean of the group."))
    if any(one.band is not None for one in told):
        lines.append(
            words.say(
                "A bar without a point: nearly everybody answered alike, or nearly all at one end of the "
                "scale. Then the mean would be everybody’s own answer, so only the range that it lies in is "
                "shown."
            )
        )
    if any(one.agreement is not None for one in told):
        lines.append(
            words.say(
                "Agreement says how alike people answered: 0 is as by chance, 1 would be all alike. It is "
                "rounded down and never over {most}. From {least} on a mean may be called the group’s; under "
                "it the views differ, and a mean would describe nobody.",
                most=words.score(ALL),
                least=words.score(AGREED),
            )
        )
    if isinstance(definition.questionnaire.scoring, Situations):
        lines.append(words.say("Each line is the share of all choices that went to a style."))
    if any(one.trend is not None for one in told):
        lines.append(words.say("A change is in bold where chance alone hardly explains it."))
    return tuple(lines)


def headings(words: Words, definition: Definition) -> dict[str, str]:
    """By the name that the templates use."""
    is_situations = isinstance(definition.questionnaire.scoring, Situations)
    return {
        "foot": words.say("For a talk, and for nothing that decides about a person."),
        "kicker": words.say("Group result"),
        "who": words.say("Who is in the figures"),
        "figures": words.say("Styles in use") if is_situations else words.say("Scale by scale"),
        "part": words.say("Style") if is_situations else words.say("Scale"),
        "mean": words.say("Share") if is_situations else words.say("Mean"),
        "interval": words.say("Uncertainty"),
        "spread": words.say("Spread (SD)"),
        "agreement": words.say("Agreement (r_wg(j))"),
        "apart": words.say("How far the groups differ"),
        "apart_lead": words.say(
            "ICC(1) is the part of all variation that lies between groups: at 10% the group explains a "
            "tenth, and nine tenths are people who differ within it. ICC(2) says how well the means of "
            "groups can be told apart: from 0.70 well, from 0.50 roughly. Where they hardly can, do not "
            "compare units by their means."
        ),
        "between": words.say("Between groups (ICC(1))"),
        "told_apart": words.say("Told apart (ICC(2))"),
        "levels": words.say("What people need"),
        "levels_lead": words.say(
            "Shares of the group, added up from how probable each need is for each person, in steps of 5 "
            "percentage points."
        ),
        "need": words.say("Need"),
        "share": words.say("Share"),
        "comments": words.say("In their own words"),
        "comments_lead": words.say("Shuffled, without names, dates or job areas."),
        "not_shown": words.say("What is not shown, and why"),
        "facts": words.say("Where the figures come from"),
        "frozen": words.say(
            "Figures were made once, after the wave closed, and are never changed. Everybody counts "
            "once: whoever answered about several job areas with the mean of them. The uncertainty rests on "
            "how far people differ in general, not on how far they differ in this group."
        ),
        "attachment": words.say("All figures of this page as data (JSON)"),
        "summary": words.say("Group result"),
    }
