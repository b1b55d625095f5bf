"""Answers in words: what was answered to an item, and those items that no scale counts."""

from __future__ import annotations

from assess.scoring.results import Profile
from questionnaires.definition import (
    ACTION_LETTERS,
    ChoiceItem,
    Item,
    PerspectiveId,
    RatingItem,
    SituationTexts,
    TextItem,
    ZeroToTenItem,
)
from reports.view.inputs import Area
from reports.view.parts import Reply
from reports.view.words import READERS, Words, voice_mention

NOT_GIVEN = "\N{EN DASH}"


def item_text(words: Words, item_id: str, perspective: PerspectiveId) -> str:
    """What was asked, as this perspective read it; another perspective's twin where it has none."""
    twins = words.texts.items[item_id]
    text = twins.get(perspective) or next(iter(twins.values()))
    return words.fill(text.situation if isinstance(text, SituationTexts) else text)


def answer_words(area: Area, item: Item, profile: Profile) -> str:
    """One answer as the respondent saw it; "" when the item was not asked, a dash when not answered."""
    if item.id not in profile.given:
        return ""
    given = profile.given[item.id]
    if given is None or isinstance(given, str):
        return given or NOT_GIVEN
    if isinstance(item, ZeroToTenItem):
        return area.words.say("Can’t say") if given == 0 else str(given - 1)
    if not isinstance(item, (RatingItem, ChoiceItem)):
        return ACTION_LETTERS[given - 1] if given else NOT_GIVEN
    texts = area.words.texts.options[item.options]
    unknown = texts.cannot_say or area.words.say("Can’t say")
    return area.words.fill(texts.labels[given - 1]) if given else unknown


def _page_title(area: Area, item_id: str) -> str:
    for page in area.definition.questionnaire.pages:
        if item_id in page.items and page.id in area.words.texts.pages:
            return area.words.fill(area.words.texts.pages[page.id].title)
    return ""


def _is_reader(area: Area, perspective: PerspectiveId) -> bool:
    return perspective == READERS[area.audience]


def _question(area: Area, item_id: str, asker: PerspectiveId) -> str:
    """The question; one that the reader was not asked is quoted, for its I and you are somebody else."""
    text = item_text(area.words, item_id, asker)
    return text if _is_reader(area, asker) else area.words.quoted(text)


def _group(area: Area, item_id: str, asker: PerspectiveId) -> str:
    """The title of the page; where the reader was not asked, who was."""
    title = _page_title(area, item_id)
    if _is_reader(area, asker) or not title:
        return title
    name = voice_mention(area.words, asker, area.audience)
    return area.words.say("Asked of {name}: “{title}”", name=name, title=title)


def _scored_items(area: Area) -> set[str]:
    return {item for scale in area.definition.questionnaire.scales.values() for item in scale.items}


def make_replies(area: Area) -> tuple[Reply, ...]:
    """Items outside every scale that at least one voice was asked, in the order of asking.

    Those that the reader was asked come first. An item that nobody answered says nothing and is left out.
    """
    scored = _scored_items(area)
    found: list[tuple[bool, Reply]] = []
    for item in area.definition.questionnaire.items:
        if item.id in scored or not any(item.id in profile.given for profile in area.profiles):
            continue
        answers = tuple(answer_words(area, item, profile) for profile in area.profiles)
        if all(answer in ("", NOT_GIVEN) for answer in answers):
            continue
        asker = next(p.perspective for p in area.profiles if item.id in p.given)
        reply = Reply(
            item=item.id,
            group=_group(area, item.id, asker),
            written=isinstance(item, TextItem),
            question=_question(area, item.id, asker),
            answers=answers,
        )
        found.append((_is_reader(area, asker), reply))
    return tuple(reply for _, reply in sorted(found, key=lambda entry: not entry[0]))
