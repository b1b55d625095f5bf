"""Printing cards and questionnaires for a unit, and typing in what came back on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm  # type: ignore[import-untyped]

from assess.answering import paper_entry, paper_printing
from assess.answering.paper_entry import Entered, NotTakenFromPaper, PaperTask
from assess.answering.paper_printing import FormToPrint, PrintableUnit, TooMany
from assess.answering.types import Given, JobArea, Task
from assess.campaigns.definitions import form_of, short_form_at
from assess.errors import NotFound
from assess.people import tries
from assess.rights import in_words, notice
from assess.web import forms, language, person
from assess.web.admin.blueprint import blueprint
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.fonts import fonts
from assess.web.language import gettext
from assess.web.printing import PDF, press
from assess.web.secret import secret_key
from assess.web.services import services
from assess.web.texts import Wordbook
from reports.paper import Card, CardLink, FormOrder, cards_view, paper_form
from reports.paper.forms import FormBlock
from reports.paper.printing import print_cards, print_forms

_ANY_AREA = JobArea("", {"en": "…"})
"""Which one was ticked is not known before it is typed in."""


@dataclass(frozen=True, slots=True)
class EntryBlock:
    """The fields of one job area on the page."""

    place: int
    words: Wordbook
    form: BaseForm
    item_ids: tuple[str, ...]


@blueprint.get("/waves/<wave_id>/paper")
@asks("enter-paper")
def paper(wave_id: str) -> ResponseReturnValue:
    """What can be printed for whom."""
    session, place = person.session(), services()
    units = paper_printing.printable_units(place.store, session.actor, wave_id, place.now)
    return _paper_page(wave_id, units)


@blueprint.post("/waves/<wave_id>/paper/cards.pdf")
@asks("enter-paper")
def cards(wave_id: str) -> ResponseReturnValue:
    """A card with a code for each person of a unit. By POST: every print makes new links, once there is a
    press for them."""
    with press():
        return _print_cards(wave_id)


def _print_cards(wave_id: str) -> ResponseReturnValue:
    session, place = person.session(), services()
    unit_id = request.form.get("unit", "")
    try:
        found = paper_printing.cards_to_print(place.store, session.actor, wave_id, unit_id, place.now)
    except TooMany as error:
        return _too_many(wave_id, error)
    if not found:
        problem = gettext("In this unit nothing is asked that can stand on a card. Print questionnaires.")
        units = paper_printing.printable_units(place.store, session.actor, wave_id, place.now)
        return _paper_page(wave_id, units, problem), 400
    wave = found[0].links[0].task.wave
    view = cards_view(
        [
            Card(
                name=card.name,
                unit=card.unit,
                language=card.links[0].task.language,
                links=tuple(
                    CardLink(
                        title=_words(link.task).fill(_words(link.task).perspective.title),
                        address=f"{place.settings.base_url}{url_for('answer.link', token=link.token)}",
                        minutes=link.minutes,
                    )
                    for link in card.links
                ),
            )
            for card in found
        ],
        language=session.language,
        wave=wave.name,
        organisation=session.organisation,
        closes_at=wave.closes_at,
        zone=place.settings.time_zone,
        today=place.now,
    )
    pdf = print_cards(view, fonts()).pdf
    return attachment(pdf, PDF, (gettext("Cards"), wave.name), "pdf")


@blueprint.post("/waves/<wave_id>/paper/questionnaires.pdf")
@asks("enter-paper")
def questionnaires(wave_id: str) -> ResponseReturnValue:
    """The questionnaires of a unit, each with a code. By POST: every print makes new codes, once there is a
    press for them."""
    with press():
        return _print_questionnaires(wave_id)


def _print_questionnaires(wave_id: str) -> ResponseReturnValue:
    session, place = person.session(), services()
    unit_id = request.form.get("unit", "")
    try:
        found = paper_printing.forms_to_print(place.store, session.actor, wave_id, unit_id, place.now)
    except TooMany as error:
        return _too_many(wave_id, error)
    printed = [paper_form(_order(one), zone=place.settings.time_zone, today=place.now) for one in found]
    parts = (gettext("Questionnaires on paper"), found[0].task.wave.name)
    return attachment(print_forms(printed, fonts()).pdf, PDF, parts, "pdf")


@blueprint.get("/paper")
@asks("enter-paper")
def paper_code() -> ResponseReturnValue:
    """Where the code of a paper is typed."""
    return _code_page()


@blueprint.post("/paper")
@asks("enter-paper")
def paper_sheet() -> ResponseReturnValue:
    """The questions behind a code, empty; or, with answers, what was typed is stored and submitted."""
    code = request.form.get("code", "").strip()
    try:
        found = _find(code)
    except NotFound:
        return _code_page(code, gettext("No questionnaire has this code. Compare it with the paper.")), 404
    except NotTakenFromPaper as error:
        return _code_page(code, _why_not(error)), 409
    if "entered" not in request.form:
        return _sheet_page(found, code, _blocks(found, posted=False))
    blocks = _blocks(found, posted=True)
    problems = _problems(found, blocks)
    if problems:
        return _sheet_page(found, code, blocks, problems), 400
    task = paper_entry.enter(
        services().store,
        person.session().actor,
        code,
        _entered(found, blocks),
        services().now,
        share=request.form.get("share") == "yes",
    )
    confidential = "yes" if found.is_confidential else None
    done = task.respondent.first_name
    return redirect(url_for("admin.paper_code", done=done, confidential=confidential), 303)


def _paper_page(wave_id: str, units: tuple[PrintableUnit, ...], problem: str = "") -> str:
    return render_template(
        "admin_paper.html",
        person=person.session(),
        wave_id=wave_id,
        units=units,
        most_cards=paper_printing.MOST_CARDS,
        most_forms=paper_printing.MOST_FORMS,
        problem=problem,
    )


def _too_many(wave_id: str, error: TooMany) -> ResponseReturnValue:
    place = services()
    units = paper_printing.printable_units(place.store, person.session().actor, wave_id, place.now)
    problem = gettext(
        "In this unit there would be %(found)s; at most %(most)s can be printed at once. Choose a smaller "
        "unit.",
        found=error.found,
        most=error.most,
    )
    return _paper_page(wave_id, units, problem), 400


def _code_page(code: str = "", problem: str = "") -> str:
    return render_template(
        "admin_paper_code.html",
        person=person.session(),
        code=code,
        problem=problem,
        done=request.args.get("done", "")[:80] if request.method == "GET" else "",
        left_open="confidential" in request.args,
    )


def _find(code: str) -> PaperTask:
    """The task behind a code. Wrong codes are counted for whoever types them."""
    place, session = services(), person.session()
    key = secret_key(place.settings.data)
    tries.require(place.store, "paper-code", session.person_id, place.now, key=key)
    try:
        return paper_entry.find(place.store, session.actor, code, place.now)
    except NotFound:
        tries.allow(place.store, "paper-code", session.person_id, place.now, key=key)
        raise


def _why_not(error: NotTakenFromPaper) -> str:
    return {
        "submitted": gettext("This questionnaire has been submitted already. Nothing was changed."),
        "begun": gettext(
            "The person has begun on a screen and finishes there, so that nothing is overwritten."
        ),
        "closed": gettext(
            "The wave takes no answers now. What came too late belongs to the next wave: ask the person to "
            "answer again when it opens."
        ),
    }[error.reason]


def _order(printed: FormToPrint) -> FormOrder:
    task = printed.task
    words = _words(task)
    if task.choice is not None:
        areas = tuple(area.name(words.texts.language) for area in task.choice.areas)
        blocks = tuple(
            FormBlock(_form(task, short_form_at(task.definition, place)), choices=areas)
            for place in range(1, task.choice.at_most + 1)
        )
    else:
        blocks = tuple(
            FormBlock(
                _form(task, one.short_form),
                area=one.job_area.name(words.texts.language) if one.job_area else "",
            )
            for one in task.sheets
        )
    return FormOrder(
        definition=task.definition,
        perspective=task.perspective,
        language=words.texts.language,
        wave=task.wave.name,
        organisation=task.organisation.name,
        customer=task.organisation.customer,
        name=task.respondent.name,
        subject_name=task.subject.name,
        subject_first_name=task.subject.first_name,
        code=printed.code,
        blocks=blocks,
        statements=tuple(
            in_words(statement, words.texts.language)
            for statement in notice(task.definition, task.perspective, printed.terms)
        ),
        asks_to_share=task.sharing is not None and task.sharing.is_asked,
        closes_at=task.wave.closes_at,
    )


def _form(task: Task, short_form: str | None) -> Any:
    return form_of(task.key.content_hash, task.definition, task.perspective, short_form)


def _words(task: Task) -> Wordbook:
    return Wordbook(task, task.language)


def _blocks(found: PaperTask, *, posted: bool) -> tuple[EntryBlock, ...]:
    task, blocks = found.task, []
    # A blank answer is no answer, not a wrong one.
    filled = MultiDict([(name, value) for name, value in request.form.items(multi=True) if value])
    for block in found.blocks:
        given = task.sheets[block.place - 1].job_area if task.choice is None else _ANY_AREA
        words = Wordbook(task, language.current(), given)
        item_ids = block.form.item_ids
        form = forms.item_form(item_ids, words, posted=filled if posted else None, prefix=f"b{block.place}-")
        blocks.append(EntryBlock(block.place, words, form, item_ids))
    return tuple(blocks)


def _areas(found: PaperTask) -> list[str]:
    return [request.form.get(f"area-{block.place}", "") for block in found.blocks]


def _problems(found: PaperTask, blocks: tuple[EntryBlock, ...]) -> dict[str, str]:
    """What is wrong with what was typed: id of a field → words."""
    problems = {}
    for block in blocks:
        if not block.form.validate():
            for item_id in block.form.errors:
                problems[block.form[item_id].id] = gettext("This answer does not fit; too long, perhaps.")
    if found.task.choice is not None:
        areas, known = _areas(found), {area.id for area in found.task.choice.areas}
        for place, area in enumerate(areas, 1):
            if (area and area not in known) or (place == 1 and not area):
                problems[f"area-{place}"] = gettext("Choose the job area that was ticked.")
            elif area and area in areas[: place - 1]:
                problems[f"area-{place}"] = gettext("This job area was chosen above.")
    if not any(_given(block) for block in blocks):
        problems["entered"] = gettext("Nothing has been typed in.")
    return problems


def _given(block: EntryBlock) -> dict[str, Given]:
    given = {item_id: block.form[item_id].given(0) for item_id in block.item_ids}
    return {
        item_id: answer
        for item_id, answer in given.items()
        if answer.position is not None or answer.text is not None
    }


def _entered(found: PaperTask, blocks: tuple[EntryBlock, ...]) -> list[Entered]:
    if found.task.choice is None:
        return [Entered(_given(block)) for block in blocks]
    return [Entered(_given(block), area) for block, area in zip(blocks, _areas(found), strict=True) if area]


def _sheet_page(
    found: PaperTask, code: str, blocks: tuple[EntryBlock, ...], problems: dict[str, str] | None = None
) -> str:
    return render_template(
        "admin_paper_sheet.html",
        person=person.session(),
        task=found.task,
        title=blocks[0].words.fill(blocks[0].words.perspective.title),
        code=code,
        is_confidential=found.is_confidential,
        blocks=blocks,
        areas=_areas(found) if problems is not None else ["" for _ in found.blocks],
        asks_to_share=found.task.sharing is not None and found.task.sharing.is_asked,
        shares=request.form.get("share", ""),
        problems=problems or {},
    )
