"""Headings, column heads and standing sentences of a leader's report, by the key that templates use."""

from __future__ import annotations

from reports.leader.inputs import Leader
from reports.view.parts import Notes
from reports.view.words import Words


def make_headings(words: Words) -> dict[str, str]:
    """Every label that page and paper share."""
    return _result(words) | _people(words) | _rest(words)


def _result(words: Words) -> dict[str, str]:
    return {
        "summary": words.say("In short"),
        "foot": words.say("Personal. You decide who reads it."),
        "too_few": words.say("Too few answers to say"),
        "your_style": words.say("Your leadership style"),
        "styles": words.say("Your four styles"),
        "style": words.say("Style"),
        "count": words.say("Chosen"),
        "share": words.say("Share"),
        "interval": words.say("Interval"),
        "most_used": words.say("Most used?"),
        "strengths": words.say("What it gives"),
        "overuse": words.say("When it is too much"),
        "needed": words.say("When people need it"),
        "fitting": words.say("Flexibility and effectiveness"),
        "fitting_lead": words.say(
            "Flexibility is how evenly you use the four styles. It is not a skill by itself: answers at "
            "random score high. So it always stands beside effectiveness, how well your choices fit the "
            "situations."
        ),
        "figure": words.say("Figure"),
        "you": words.say("You"),
        "range": words.say("Range"),
        "at_random": words.say("At random"),
        "blindly": words.say("Your choices blindly"),
        "as_much": words.say("As much or more"),
        "table": words.say("What was called for, and what you chose"),
        "called_for": words.say("Called for"),
        "answered": words.say("Answered"),
        "choices": words.say("Choices"),
        "fits": words.say("Fits best"),
        "tighter": words.say("Tighter"),
        "looser": words.say("Looser"),
        "points": words.say("Points"),
        "leading": words.say("Tighter or looser than called for"),
        "direction": words.say("Direction"),
        "situations": words.say("Where your choice and the situation lay furthest apart"),
        "situation": words.say("Situation"),
        "own_choice": words.say("You chose"),
        "best_choice": words.say("Fits better, by the model"),
        "practise": words.say("Three things to practise"),
        "practise_rule": words.say(
            "Chosen by a fixed rule from your leaning, the pattern and the styles that you use least."
        ),
    }


def _people(words: Words) -> dict[str, str]:
    return {
        "match": words.say("Your styles and the people you lead"),
        "view": words.say("Seen by"),
        "calls_for": words.say("Called for"),
        "likely": words.say("Your likely style"),
        "fit": words.say("Fit"),
        "loose": words.say("Risk: too loose"),
        "tight": words.say("Risk: too tight"),
        "raters": words.say("Self against others"),
        "others": words.say("Others"),
        "difference": words.say("Difference"),
        "hidden": words.say("Hidden strengths"),
        "blind": words.say("Blind spots"),
        "other_differences": words.say("Other differences"),
        "reading_differences": words.say(
            "The mark is the difference, the line its interval. Only a filled mark, where the line does not "
            "touch zero, is a finding. Several figures are looked at, so one may stand out by chance: take "
            "it as a question for the talk."
        ),
    }


def _rest(words: Words) -> dict[str, str]:
    return {
        "notes": words.say("Notes and plans"),
        "calculation": words.say("How was this calculated?"),
        "calculation_lead": words.say(
            "Every choice with its style and its points. Situations are numbered in the order of the "
            "questionnaire, not in the order in which you met them."
        ),
        "number": words.say("No."),
        "choice": words.say("Choice"),
        "best": words.say("Best"),
        "sums": words.say("The sums"),
        "match_sums": words.say("The fit of each match"),
        "match_sums_lead": words.say(
            "For each need, from M1 to M4: its probability × the points of your likely style there."
        ),
        "key": words.say("The key: points of each style"),
        "level": words.say("Level"),
        "need": words.say("Need"),
        "method": words.say("Method and limits"),
        "intended_use": words.say("What it is for"),
        "not_for": words.say("What it is not for"),
        "made": words.say("How it works"),
        "precision": words.say("How precise is it?"),
        "legend": words.say("The four levels"),
        "origin": words.say("Where the questionnaire comes from"),
        "facts": words.say("About this report"),
        "attachment": words.say("This result as data (JSON), to read with a program or keep"),
    }


def make_notes(leader: Leader) -> Notes:
    """The page that is filled in by hand."""
    words = leader.words
    return Notes(
        lead=words.say(
            "Write down what you recognise, choose one or two things to practise, and a day to look again."
        ),
        prompts=(
            words.say("What I recognise, and what surprises me"),
            words.say("What I will do differently, with whom, and in which task"),
            words.say("Whom I will ask how they see it"),
        ),
        columns=(
            words.say("What I will do"),
            words.say("With whom"),
            words.say("When"),
            words.say("How I will know"),
        ),
        rows=4,
    )
