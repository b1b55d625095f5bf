"""Who is in a group's figures, and what is left out of them and why: one sentence a reason."""

from __future__ import annotations

from assess.releases.reading import ReleaseView
from questionnaires.definition import Definition, TextItem
from reports.view.words import Words

MOST_NAMES = 12
"""Units that are named; more are counted."""


def who(words: Words, found: ReleaseView) -> tuple[str, ...]:
    """How many people of which units; whether others are with them, or some of their own are missing."""
    figures, unit = found.figures, found.unit.name
    names = [found.names.get(one, "…") for one in figures.unit_ids]
    lines = [] if figures.own else [_together(words, found, names)]
    lines.append(
        words.count("{number} person has answered.", "{number} people have answered.", figures.people)
        if names == [unit] or not figures.own
        else words.count(
            "{number} person has answered in {units}.",
            "{number} people have answered in {units}.",
            figures.people,
            units=units_in_words(words, names),
        )
    )
    if not figures.whole:
        lines.append(
            words.say(
                "Some who belong to {unit} have answered and are not in these figures: counted here, they "
                "would be too few not to be known.",
                unit=unit,
            )
        )
    return tuple(lines)


def _together(words: Words, found: ReleaseView, names: list[str]) -> str:
    """Before anything else: whose figures these are. Where units were merged because of earlier results,
    which of them were large enough is not kept, and "too small" would be a guess."""
    values = {"unit": found.unit.name, "units": units_in_words(words, names)}
    if found.release.about.merged:
        return words.say("{unit} is not shown alone: these are the figures of {units} together.", **values)
    return words.say(
        "{unit} is too small to be shown alone: these are the figures of {units} together.", **values
    )


def units_in_words(words: Words, names: list[str]) -> str:
    """Names with a last "and"; of many the first and how many more."""
    if len(names) <= MOST_NAMES:
        return words.listing(names)
    more = words.count("{number} more unit", "{number} more units", len(names) - MOST_NAMES + 1)
    return words.listing([*names[: MOST_NAMES - 1], more])


def not_shown(words: Words, found: ReleaseView) -> tuple[str, ...]:
    """The reasons that hold for this group."""
    about, figures = found.release.about, found.figures
    lines = [
        words.say(
            "Figures of fewer than {least} people, and anybody’s own answers, are never shown.",
            least=str(about.least),
        )
    ]
    if not figures.has_distribution:
        lines.append(_no_distribution(words, found.release.definition, found))
    if about.merged:
        lines.append(
            words.say(
                "Some units are shown together, or left out, that could be shown alone if there were no "
                "earlier results: with those, somebody could work out figures of a few people."
            )
        )
    if figures.compared_with is None:
        lines.append(
            words.say(
                "No change over time: that needs an earlier result of the same units in which nobody, or at "
                "least {least} people, have come or gone since.",
                least=str(about.least),
            )
        )
    return tuple(lines)


def _no_distribution(words: Words, definition: Definition, found: ReleaseView) -> str:
    many = str(found.release.about.many)
    has_texts = any(isinstance(item, TextItem) for item in definition.questionnaire.items)
    if has_texts and definition.questionnaire.privacy_of(found.release.perspective) == "confidential":
        return words.say(
            "How answers are spread, and what people wrote, are shown for groups of at least {many} people, "
            "and only where no other group’s figures would tell them of fewer.",
            many=many,
        )
    return words.say(
        "How answers are spread is shown for groups of at least {many} people, and only where no other "
        "group’s figures would tell it of fewer.",
        many=many,
    )
