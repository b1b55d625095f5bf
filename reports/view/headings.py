"""Headings, column heads and standing sentences of the report, by the key that templates use."""

from __future__ import annotations

from reports.view.parts import Audience, Notes
from reports.view.words import Words


def make_headings(words: Words, audience: Audience, *, talk: bool) -> dict[str, str]:
    """Every label that page and paper share. `talk`: the questionnaire has a manager's side to talk with."""
    parts = _summary(words, audience) | _scales(words, audience, talk)
    return parts | _talk(words, audience, talk) | _method(words)


def _summary(words: Words, audience: Audience) -> dict[str, str]:
    return {
        "summary": words.say("In short"),
        "try": words.say("Try this") if audience == "subject" else words.say("Ask in the talk"),
        "foot": words.say("Personal. You decide who reads it.")
        if audience == "subject"
        else words.say("Personal. For the talk between the two of you, and for nothing else."),
        "strong": words.say("Strengths"),
        "worth": words.say("Worth working on"),
        "ask": words.say("A question to start with"),
        "where": words.say("Where you stand")
        if audience == "subject"
        else words.say("Where {name} stands", name=words.wording.first_name),
        "need": words.say("Need"),
        "chance": words.say("Chance"),
    }


def _scales(words: Words, audience: Audience, talk: bool) -> dict[str, str]:
    return {
        "parts": words.say("Part by part"),
        "part": words.say("Part"),
        "whole": words.say("Taken together"),
        "score": words.say("Score"),
        "interval": words.say("Interval"),
        "reading_bars": words.say(
            "The mark is the score. The bar is its interval: the true score is very likely within it. "
            "The dashed line is the border between low and high."
        ),
        "reading_bars_plain": words.say(
            "The mark is the score. The bar is its interval: the true score is very likely within it."
        ),
        "reading_marks": words.say("The mark is the score."),
        "reading_two": words.say(
            "The marks are the scores. The bar and the thin line are their intervals: the true score "
            "is very likely within them. The dashed line is the border between low and high."
        ),
        "reading_two_plain": words.say(
            "The marks are the scores. The bar and the thin line are their intervals: the true score "
            "is very likely within them."
        ),
        "reading_two_marks": words.say("The marks are the scores."),
        "reading_texts": words.say(
            "The texts say what scores like these usually mean; single answers may differ."
        )
        if audience == "subject"
        else words.say("The texts are questions that you can ask."),
        "strengths": words.say("Strengths to build on"),
        "strengths_rule": words.say("Up to three parts with a high score, highest first."),
        "pass_on": ""
        if audience == "subject"
        else words.say(
            "The texts in quotation marks are suggestions that you can pass on to {name}.",
            name=words.wording.first_name,
        ),
        "next": words.say("Next steps"),
        "next_rule": words.say("Up to two parts without a high score, lowest first."),
        "replies": words.say("What else was answered"),
        "replies_lead": words.say("These answers do not count towards any score. They are for the talk.")
        if talk
        else words.say("These answers do not count towards any score."),
    }


def _talk(words: Words, audience: Audience, talk: bool) -> dict[str, str]:
    mine = audience == "subject"
    return {
        "sides": words.say("Side by side"),
        "difference": words.say("Difference"),
        "decimals": words.say("Two decimals here, so that you can work the difference out for yourself."),
        "beyond": words.say("More than chance would explain"),
        "within": words.say("May be chance"),
        "unknown": words.say("Precision not known"),
        "incomparable": words.say("Cannot be compared"),
        "questions": words.say("Questions for your manager about the leadership you need")
        if mine
        else words.say("Questions you may be asked about leadership"),
        "notes": words.say("Notes and agreements") if talk else words.say("Notes and plans"),
    }


def _method(words: Words) -> dict[str, str]:
    return {
        "calculation": words.say("How was this calculated?"),
        "calculation_lead": words.say(
            "Every score is the average of the points of the answers. Items marked with ↔ "
            "count the other way round."
        ),
        "item": words.say("Item"),
        "question": words.say("Question"),
        "points": words.say("Points"),
        "method": words.say("Method and limits"),
        "intended_use": words.say("What it is for"),
        "not_for": words.say("What it is not for"),
        "made": words.say("How it works"),
        "precision": words.say("How precise is it?"),
        "legend": words.say("The four levels"),
        "level": words.say("Level"),
        "where_level": words.say("Result"),
        "style": words.say("Leadership that fits, according to the model"),
        "origin": words.say("Where the questionnaire comes from"),
        "facts": words.say("About this report"),
        "attachment": words.say("This result as data (JSON), for a program to read or for you to keep"),
    }


def make_notes(words: Words, audience: Audience, *, talk: bool) -> Notes:
    """The page that is filled in by hand; without a talk it is for the reader alone."""
    if not talk:
        return _notes_alone(words)
    if audience == "subject":
        prompts = (
            words.say("What I recognise, and what I see differently"),
            words.say("What I want to talk about first"),
            words.say("What I need from my manager"),
        )
    else:
        prompts = (
            words.say("What I have seen that supports it, and what I am unsure of"),
            words.say("What I want to ask about first"),
            words.say("What I will do myself"),
        )
    return Notes(
        lead=words.say(
            "Take this page to the talk. Agree on a few things, and on a date to look at them again."
        ),
        prompts=prompts,
        columns=(
            words.say("What we agree"),
            words.say("Who"),
            words.say("When"),
            words.say("How we will know"),
        ),
        rows=4,
    )


def _notes_alone(words: Words) -> Notes:
    return Notes(
        lead=words.say("Choose a few things to work on, and a date to look at them again."),
        prompts=(
            words.say("What I recognise, and what I see differently"),
            words.say("What I want to work on first"),
            words.say("What others can help me with"),
        ),
        columns=(
            words.say("What I will do"),
            words.say("Who can help"),
            words.say("When"),
            words.say("How I will know"),
        ),
        rows=4,
    )
