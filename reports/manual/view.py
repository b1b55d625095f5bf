"""The manual as one value: a table of chapters, the first page, and the figures behind everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from assess.disclosure.thresholds import DEFAULT_GROUP
from questionnaires.definition import Definition, LanguageId, content_hash
from reports.manual.agreement import agreement
from reports.manual.blocks import (
    FORMAT,
    Chapter,
    ChapterState,
    Cover,
    GroupFigures,
    ManualView,
    ScaleNorms,
)
from reports.manual.chance import style_distributions, why_no_alpha
from reports.manual.change import change
from reports.manual.decisions import decisions
from reports.manual.development import development
from reports.manual.distributions import distributions
from reports.manual.draft import Draft
from reports.manual.evidence import Evidence, GroupEvidence, ManualGroup, ManualPairs, make_evidence
from reports.manual.fairness import fairness
from reports.manual.item_bias import item_dif
from reports.manual.items import items
from reports.manual.norms import norms
from reports.manual.precision import precision
from reports.manual.purpose import not_for, purpose
from reports.manual.quality import response_quality
from reports.manual.records import Records
from reports.manual.reliability import reliability
from reports.manual.review import references, review
from reports.manual.sample import sample
from reports.manual.sayings import Manual
from reports.manual.theory import theory
from reports.manual.validity import validity
from reports.manual.versions import versions
from reports.view.method import tested
from reports.view.words import Words, words_for

ChapterMaker = Callable[[Manual], Draft]

BEFORE: tuple[tuple[str, ChapterMaker], ...] = (
    ("purpose", purpose),
    ("not-for", not_for),
    ("theory", theory),
    ("development", development),
    ("items", items),
    ("sample", sample),
)
AFTER: tuple[tuple[str, ChapterMaker], ...] = (
    ("quality", response_quality),
    ("norms", norms),
    ("fairness", fairness),
    ("agreement", agreement),
    ("change", change),
    ("validity", validity),
    ("versions", versions),
)
OF_SCALES: tuple[tuple[str, ChapterMaker], ...] = (
    ("distributions", distributions),
    ("reliability", reliability),
    ("precision", precision),
    ("decisions", decisions),
)
OF_SITUATIONS: tuple[tuple[str, ChapterMaker], ...] = (
    ("distributions", style_distributions),
    ("reliability", why_no_alpha),
)
"""The visible tables: which chapters there are, in order; the middle ones by kind of scoring."""


def manual_view(
    definition: Definition,
    groups: Sequence[ManualGroup] = (),
    *,
    pairs: ManualPairs | None = None,
    language: LanguageId,
    today: date,
    organisation: str = "",
    customer: str = "customer",
    least: int = DEFAULT_GROUP,
    digest: str | None = None,
    records: Records | None = None,
) -> ManualView:
    """The technical manual of a questionnaire, from the sheets of one file or wave.

    `groups`: one for each perspective and form; none gives a manual in which every chapter on figures says
    which data it waits for. `pairs`: own and manager's sheets of the same people, for their agreement.
    `records`: the local precision and norms that an organisation has in force.
    `least`: people that a group must have. `digest`: the content hash under which the definition is stored.
    Raises `ValueError` for sheets of another questionnaire, `disclosure.GroupTooSmall` for a `least` that is
    never allowed.
    """
    words = words_for(definition, language, customer)
    evidence = make_evidence(definition, groups, pairs, digest or content_hash(definition), least, records)
    manual = Manual(definition, words, evidence)
    drafts = {name: make(manual) for name, make in _chapters(evidence)}
    numbers = {name: number for number, name in enumerate(drafts, 1)}
    drafts["review"] = review(manual, numbers)
    drafts["references"] = references(manual)
    return ManualView(
        format=FORMAT,
        language=words.language,
        title=words.say("Technical manual: {title}", title=words.fill(words.texts.title)),
        subject="",
        organisation=organisation,
        day=today.isoformat(),
        date=words.day(today),
        summary=words.fill(words.texts.summary),
        cover=_cover(manual, drafts),
        chapters=tuple(
            _chapter(words, number, name, draft) for number, (name, draft) in enumerate(drafts.items(), 1)
        ),
        figures=tuple(_figures(group) for group in evidence.groups),
        dif=item_dif(manual),
        words=_headings(words, is_kept=evidence.is_kept),
    )


def _chapters(evidence: Evidence) -> tuple[tuple[str, ChapterMaker], ...]:
    middle = OF_SITUATIONS if evidence.is_situations else OF_SCALES
    return (*BEFORE, *middle, *AFTER)


def _chapter(words: Words, number: int, name: str, draft: Draft) -> Chapter:
    return Chapter(
        id=name,
        number=number,
        title=draft.title,
        state=draft.state,
        state_words=_states(words)[draft.state],
        blocks=draft.blocks,
    )


def _states(words: Words) -> dict[ChapterState, str]:
    return {
        "written": words.say("from the questionnaire’s file"),
        "measured": words.say("measured on the sample"),
        "partly": words.say("known in part"),
        "waiting": words.say("waits for data"),
        "apart": words.say("told by group results"),
        "not-applicable": words.say("does not apply"),
    }


def _cover(manual: Manual, drafts: dict[str, Draft]) -> Cover:
    words, questionnaire = manual.words, manual.definition.questionnaire
    sheets = sum(group.group.n for group in manual.evidence.groups if group.shown)
    known = [draft.finding for draft in drafts.values() if draft.finding]
    if sheets:
        known.insert(
            0,
            words.count(
                "It rests on {count} sheet.",
                "It rests on {count} sheets.",
                sheets,
                count=manual.whole(sheets),
            ),
        )
    else:
        known.insert(0, words.say("No answers have come in yet. It rests on the questionnaire’s file alone."))
    return Cover(
        kicker=words.say("Technical manual"),
        title=words.fill(words.texts.title),
        version=words.say("Version {version}", version=questionnaire.version),
        tested=_tested(manual),
        untested=questionnaire.provenance.tested == "not-yet-tested-with-users",
        about=words.say(
            "What the questionnaire is for, what it rests on, how it was made and how well it measures. For "
            "those who review it, choose it or answer for its use."
        ),
        known=tuple(known),
        waiting=tuple(draft.title for draft in drafts.values() if draft.state == "waiting"),
    )


def _tested(manual: Manual) -> str:
    if manual.definition.questionnaire.provenance.tested == "not-yet-tested-with-users":
        return manual.words.say("Not yet tested with users")
    return tested(manual.words, manual.definition)


def _figures(group: GroupEvidence) -> GroupFigures:
    return GroupFigures(
        perspective=group.form.perspective,
        short_form=group.form.short_form,
        n=group.group.n if group.shown else None,
        reliability=group.reliability,
        response_quality=group.quality,
        norms=tuple(ScaleNorms(scale=scale.id, table=table) for scale, table in group.norms if table.rows),
    )


def _headings(words: Words, *, is_kept: bool) -> dict[str, str]:
    return {
        "foot": words.say("For a talk, and for nothing that decides about a person."),
        "summary": words.say("Cover"),
        "contents": words.say("Contents"),
        "contents_lead": words.say("Behind each chapter stands what it rests on."),
        "known": words.say("What is known"),
        "waiting": words.say("What waits for data"),
        "attachment": words.say("All figures of this manual as data (JSON)")
        if is_kept
        else words.say("All figures of this manual as data (JSON), unrounded"),
    }
