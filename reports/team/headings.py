"""Headings of page and paper, and the sentences that are the same for every team."""

from __future__ import annotations

from reports.team.inputs import Team


def headings(team: Team) -> dict[str, str]:
    """By the names under which the templates know them."""
    words = team.words
    return {
        "foot": words.say("For a talk, and for nothing that decides about a person."),
        "kicker": words.say("Your team"),
        "summary": words.say("Your team in short"),
        "attachment": words.say("All figures of this document as data (JSON)"),
        "things": words.say("Three things to do"),
        "things_one": words.say("One thing to do"),
        "things_two": words.say("Two things to do"),
        "things_rule": words.say(
            "Chosen by fixed rules, at most one of a kind: what waits today, what one person needs, and what "
            "the team or you yourself could do next. They are suggestions: you know more than the numbers do."
        ),
        "why": words.say("Why"),
        "nothing_to_do": words.say("Nothing is waiting for you just now."),
        "picture": words.say("Where your people stand"),
        "needs": words.say("Who needs what"),
        "distribution": words.say("How many need what"),
        "distribution_lead": words.say(
            "Added up from how probable each need is, so that nobody is put into one box: the numbers need "
            "not be whole."
        ),
        "matches": words.say("Your styles and your people"),
        "technical": words.say("Technical job maturity, person by person"),
        "technical_lead": words.say(
            "Only what people master in the job area stands side by side. The rest ({scales}) belongs in the "
            "talk with the one person, never in a list.",
            scales=_never_listed(team),
        ),
        "facets": words.say("The team as a whole"),
        "change": words.say("What has changed"),
        "change_people": words.say("What has changed, person by person"),
        "limits": words.say("What is not shown, and why"),
        "method": words.say("How to read this"),
        "name": words.say("Name"),
        "area": words.say("Job area"),
        "view": words.say("View"),
        "need": words.say("Need"),
        "certainty": words.say("How sure"),
        "both": words.say("The two views"),
        "answered": words.say("Submitted"),
        "count": words.say("Expected number"),
        "total": words.say("All together"),
        "calls_for": words.say("Called for"),
        "likely": words.say("Your likely style"),
        "over": words.say("Over-leading"),
        "under": words.say("Under-leading"),
        "hint": words.say("First step"),
        "ask": words.say("Ask first"),
        "scale": words.say("Part"),
        "group": words.say("Group"),
        "mean": words.say("Mean"),
        "value": words.say("Shown"),
        "low": words.say("From"),
        "high": words.say("To"),
        "level": words.say("Level"),
        "unit": words.say("Unit"),
        "interval": words.say("Uncertainty"),
        "spread": words.say("Spread"),
        "sd": words.say("Spread (SD)"),
        "agreement": words.say("Agreement (r_wg(j))"),
        "trend": words.say("Change"),
        "difference": words.say("Difference"),
        "verdict": words.say("Verdict"),
        "since": words.say("Compared with"),
        "scale_key": words.say("The colours"),
        "list_elsewhere": words.say(
            "The list of all people is too long for paper. It stands on the page, and in its tables (CSV)."
        ),
        "notes": words.say("Your own notes"),
        "notes_lead": words.say(
            "For pen and paper: what you want to do differently tomorrow, and with whom."
        ),
    }


def limits(team: Team) -> tuple[str, ...]:
    """What is left out, whoever looks."""
    words = team.words
    return (
        words.say(
            "Whether somebody has not answered, has not decided or does not share is never told: all of it "
            "looks the same here."
        ),
        words.say(
            "Named people never stand side by side with {scales}. Of one person you see it on that person’s "
            "own page, if you may see it.",
            scales=_never_listed(team),
        ),
        words.say("Nobody is ranked: all lists are alphabetical."),
        words.say(
            "Figures of groups come only from groups that are large enough, and nobody can be worked out "
            "from two of them."
        ),
    )


def _never_listed(team: Team) -> str:
    """The parts of the psychological side; the side itself where it has none."""
    words, scales = team.words, team.psychological
    return words.listing([words.scale_mention(scale) for scale in scales[1:] or scales])


def reading(team: Team) -> tuple[str, ...]:
    """How to take what is shown."""
    words = team.words
    lines = [
        words.say(
            "A rating is one person’s view of one job area. Two people’s views of the same work often "
            "differ; they are never averaged, and the difference is what to talk about."
        ),
        words.say(
            "Advice on leadership holds where both views point the same way. Where there is only one view, "
            "or the two differ, a question comes before any change of style."
        ),
        words.say(
            "Before you take low numbers to be about a person, look at time, goals, help and how people work "
            "together."
        ),
        words.say("Not for selection, pay, dismissal or ranking, and for no automatic decision."),
    ]
    if team.found.definition is not None:
        lines.append(words.fill(words.texts.summary))
    return tuple(lines)
