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
        "too_few": words.say("Too few answers for a result"),
        "your_style": words.say("Your leadership style"),
        "styles": words.say("Your four styles"),
        "style": words.say("Style"),
        "count": words.say("Chosen"),
        "share": words.say("Share"),
        "interval": words.say("Interval"),
        "most_used": words.say("Most used?"),
        "strengths": words.say("What it brings"),
        "overuse": words.say("When it is overused"),
        "needed": words.say("When people need it"),
        "fitting": words.say("Flexibility and effectiveness"),
        "fitting_lead": words.say(
            "Flexibility is how evenly you use the four styles. It is not a skill in itself: random answers "
            "score high. That is why it always appears beside effectiveness: how well your choices fit the "
            "situations."
        ),
        "figure": words.say("Figure"),
        "you": words.say("You"),
        "range": words.say("Range"),
        "at_random": words.say("Random answers"),
        "shuffled": words.say("Your choices, shuffled"),
        "as_much": words.say("As high or higher"),
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
        "situations": words.say("Where your choice and the model were furthest apart"),
        "situation": words.say("Situation"),
        "own_choice": words.say("You chose"),
        "best_choice": words.say("A better fit, according to the model"),
        "practise": words.say("Three things to practise"),
        "practise_rule": words.say(
            "Chosen by a fixed rule from your leaning, the pattern and the styles you use least."
        ),
    }


def _people(words: Words) -> dict[str, str]:
    return {
        "match": words.say("Your styles and the people you lead"),
        "view": words.say("Seen by"),
        "calls_for": words.say("Called for"),
        "likely": words.say("Your likely style"),
        "fit": words.say("Fit"),
        "loose": words.say("Risk: under-leading"),
        "tight": words.say("Risk: over-leading"),
        "raters": words.say("How you see it and how others do"),
        "others": words.say("Others"),
        "difference": words.say("Difference"),
        "hidden": words.say("Hidden strengths"),
        "blind": words.say("Blind spots"),
        "other_differences": words.say("Other differences"),
        "reading_differences": words.say(
            "The mark is the difference and the line its interval. Only a filled mark, whose line does not "
            "touch zero, counts as a finding. With so many figures one may stand out by chance, so take it "
            "as a question to talk about."
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
        "best": words.say("Best fit"),
        "sums": words.say("The sums"),
        "match_sums": words.say("How each fit was worked out"),
        "match_sums_lead": words.say(
            "For each need, from M1 to M4: its probability × the points your choices there are expected to "
            "give."
        ),
        "key": words.say("The key: points for each style"),
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
        "attachment": words.say("This result as data (JSON), for a program to read or for you to keep"),
    }


def make_notes(leader: Leader) -> Notes:
    """The page that is filled in by hand."""
    words = leader.words
    return Notes(
        lead=words.say(
            "Write down what you recognise, choose one or two things to practise and set a day to look at "
            "them again."
        ),
        prompts=(
            words.say("What I recognise, and what surprises me"),
            words.say("What I will do differently, with whom, and in which task"),
            words.say("Who I will ask for their view"),
        ),
        columns=(
            words.say("What I will do"),
            words.say("Who with"),
            words.say("When"),
            words.say("How I will know"),
        ),
        rows=4,
    )
