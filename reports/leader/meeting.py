"""The match: how the leader's styles meet what each employee needs in a job area, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assess.language.direction import unturned
from assess.language.wording import Wording
from assess.scoring.style_results import Leaning, MatchView, Wish
from questionnaires.definition import LanguageId, LevelId, StyleId
from reports.leader.inputs import STYLES, Leader, MatchEntry
from reports.leader.named import (
    HIGH,
    MODERATE,
    TWO_NEEDS,
    common_question,
    named_styles,
    need_of,
    why_high,
)
from reports.leader.people_parts import MatchCard, MatchPart, MatchSide, StyleChance
from reports.view.words import Words

_LAST_LETTERS: dict[LanguageId, str] = {"da": "æøå", "sv": "åäö", "en": ""}


def make_match(
    leader: Leader, entries: Sequence[MatchEntry], answered_again: date | None = None
) -> MatchPart | None:
    """All person-areas in alphabetical order; None without any, or without a result of the leader's.
    `answered_again`: since when there is a newer result of the leader's own style."""
    if not entries or not leader.enough:
        return None
    words = leader.words
    weights = [weight for row in leader.scoring.weights.values() for weight in row.values()]
    return MatchPart(
        lead=words.say(
            "How your usual choices match what each person needs in a job area. It is an estimate to talk "
            "about, and it rests on only a few of your choices for each need. A person’s own view and "
            "wishes appear only if they have been shared and you have both finished."
        ),
        reading=words.say(
            "The fit is the average number of points for what you are likely to choose: {lowest} is the "
            "worst fit, {highest} the best.",
            lowest=str(min(weights)),
            highest=str(max(weights)),
        )
        + " "
        + why_high(words),
        reading_line=words.say("The line is its interval."),
        lowest=min(weights),
        highest=max(weights),
        cards=tuple(_card(leader, entry) for entry in in_order(entries, words.language)),
        again=""
        if answered_again is None
        else words.say(
            "You have answered about your own style again, on {day}. The likely styles here are by the "
            "choices in this report. The page of your team goes by your newest answers, so they can be "
            "others there.",
            day=words.day(answered_again),
        ),
    )


def in_order(entries: Sequence[MatchEntry], language: LanguageId) -> tuple[MatchEntry, ...]:
    """The entries as the cards show them: alphabetical, names without the signs that turn a line."""
    named = (
        replace(
            entry,
            name=unturned(entry.name),
            first_name=unturned(entry.first_name),
            job_area=unturned(entry.job_area),
            wave=unturned(entry.wave),
        )
        for entry in entries
    )
    return tuple(
        sorted(named, key=lambda entry: (_letters(language, entry.name), _letters(language, entry.job_area)))
    )


def _letters(language: LanguageId, text: str) -> tuple[int, ...]:
    """A key that sorts as people of this language do: æøå and åäö come last, in that order."""
    last = _LAST_LETTERS[language]
    return tuple(
        0x110000 + last.index(letter) if letter in last else ord(letter) for letter in text.casefold()
    )


def _card(leader: Leader, entry: MatchEntry) -> MatchCard:
    words, found = leader.words, entry.match
    given, title, advice, reason = _advice(leader, entry)
    return MatchCard(
        name=entry.name,
        first_name=entry.first_name,
        job_area=entry.job_area,
        sides=tuple(_side(leader, entry, view) for view in found.views),
        wishes=wishes_words(words, entry.first_name, found.wishes),
        agreement=""
        if found.agreement is None
        else words.say(
            "Probability that you both see the same need: {percent}.",
            percent=words.percent(found.agreement, entry.agreement_from),
        ),
        advice_given=given,
        advice_title=title,
        advice=advice,
        reason=reason,
        rated=_rated(words, entry),
    )


def _rated(words: Words, entry: MatchEntry) -> str:
    """Of which wave the rating is, and from when: the newest, it may be of another wave than the style."""
    if entry.rated_on is None:
        return ""
    return words.say("From {wave}; you rated on {day}.", wave=entry.wave, day=words.day(entry.rated_on))


# --- one view --------------------------------------------------------------------------------------


def _side(leader: Leader, entry: MatchEntry, view: MatchView) -> MatchSide:
    words = leader.words
    label = words.say("You") if view.perspective == "manager" else entry.first_name
    called, used = named_styles(view)
    calls_for, likely = _shares(words, called, view.called_for), _shares(words, used, view.likely)
    fit, interval = words.score(view.fit), words.interval(view.fit_low, view.fit_high)
    loose, tight = _risk(words, view.under), _risk(words, view.over)
    return MatchSide(
        perspective=view.perspective,
        label=label,
        need=need_of(words, leader.need, view, TWO_NEEDS),
        calls_for_style=called[0],
        calls_for=calls_for,
        likely_style=used[0],
        likely=likely,
        fit=view.fit,
        fit_low=view.fit_low,
        fit_high=view.fit_high,
        fit_words=fit,
        fit_interval=interval,
        under=view.under,
        over=view.over,
        loose=loose,
        tight=tight,
        chances=tuple(
            StyleChance(
                style=style,
                name=words.style_mention(style),
                probability=view.called_for.get(style, 0.0),
                words=words.percent(view.called_for.get(style, 0.0)),
                likely=view.likely.get(style, 0.0),
                likely_words=words.percent(view.likely.get(style, 0.0)),
            )
            for style in STYLES
        ),
        finding=words.say(
            "{label}: called for {calls_for}; your likely style {likely}; fit {fit} ({interval})",
            label=label,
            calls_for=calls_for,
            likely=likely,
            fit=fit,
            interval=interval,
        ),
        sum=_sum(words, view),
    )


def _shares(words: Words, named: Sequence[StyleId], shares: dict[StyleId, float]) -> str:
    """The styles with their probabilities."""
    return ", ".join(
        f"{words.style_mention(style)} {words.percent(shares.get(style, 0.0))}" for style in named
    )


def _risk(words: Words, share: float) -> str:
    percent = words.percent(share)
    shown = round(share, 2)
    if shown < MODERATE:
        return words.say("low ({percent})", percent=percent)
    if shown < HIGH:
        return words.say("moderate ({percent})", percent=percent)
    return words.say("high ({percent})", percent=percent)


def _sum(words: Words, view: MatchView) -> str:
    """Σ probability of the level × fit at the level, with the numbers to two decimals."""
    terms = [f"{words.two(level.probability)} × {words.two(level.fit)}" for level in view.levels]
    return f"{' + '.join(terms)} = {words.two(view.fit)}"


def wishes_words(words: Words, first_name: str, wishes: dict[StyleId, Wish]) -> str:
    """The employee's own wishes; "" where they are not known."""
    if not wishes:
        return ""

    def styles(which: Wish) -> str:
        return words.listing([words.style_mention(style) for style in STYLES if wishes.get(style) == which])

    more, less, rest = styles("more"), styles("less"), styles("as-now")
    said = [words.say("more {styles}", styles=more)] if more else []
    said += [words.say("less {styles}", styles=less)] if less else []
    if not said:
        return words.say("{name} would like the leadership to stay as it is.", name=first_name)
    wished = words.listing(said)
    if not rest:
        return words.say("{name} would like {wished} leadership.", name=first_name, wished=wished)
    return words.say(
        "{name} would like {wished} leadership, and {rest} as now.",
        name=first_name,
        wished=wished,
        rest=rest,
    )


# --- what to do ------------------------------------------------------------------------------------


def _advice(leader: Leader, entry: MatchEntry) -> tuple[bool, str, str, str]:
    """Whether advice is given, its title, its words, and the reason where there is none.

    Advice is for the level that both most probably mean, by what the leader's likely style there comes to
    (`leaning_at`).
    """
    words, found = leader.words, entry.match
    about = replace(words, wording=_wording(words, entry))
    question = words.say("A question for the talk")
    if not found.views:
        return False, "", "", words.say("Too few answers to say what is needed.")
    if found.advice_allowed and found.advice_level is not None:
        leaning = leaning_at(found.views[0], found.advice_level)
        text = _text(about, found.advice_level, leaning)
        if text:
            return True, words.say("Something to try"), text, ""
        reason = (
            words.say("It is not clear what you would choose there, so no advice is given.")
            if leaning == "open"
            else words.say("The questionnaire has no words of advice for this.")
        )
        return False, question, _question(about, found.advice_level), reason
    reason = (
        words.say("Advice needs both views, and there is only one here.")
        if found.agreement is None
        else words.say("It is not certain enough that you both see the same need, so no advice is given.")
    )
    return False, question, _question(about, found.views[0].level), reason


def _wording(words: Words, entry: MatchEntry) -> Wording:
    """The questionnaire's words about a match speak of the employee and the job area."""
    return replace(words.wording, first_name=entry.first_name, job_area=entry.job_area)


def leaning_at(view: MatchView, level: LevelId) -> Leaning:
    """What the leader's likely style at one level comes to (`assess.scoring.match_arrays.leaning_of`): too
    tight or too loose where that risk reaches 40 % and is the larger, else fitting from 50 %, else "open"."""
    return next((entry.leaning for entry in view.levels if entry.level == level), "open")


def _text(words: Words, level: LevelId, leaning: Leaning) -> str:
    texts = words.texts.match.get(level)
    if texts is None or leaning == "open":
        return ""
    found = {
        "fitting": texts.fitting,
        "over-leading": texts.too_tight,
        "under-leading": texts.too_loose,
    }[leaning]
    return words.fill(found)


def _question(words: Words, level: LevelId) -> str:
    """The question for the talk; a common one where the questionnaire has none."""
    texts = words.texts.match.get(level)
    if texts is not None:
        return words.fill(texts.question)
    return common_question(words)
