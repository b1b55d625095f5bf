"""The question pages: show, save, step on or back; and where the script saves single answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from assess.answering import sessions, sheets
from assess.answering.errors import InvalidAnswers
from assess.answering.types import Conflict, Given, Saved, Sheet
from assess.errors import NotFound
from assess.scoring.form import FormPage
from assess.web import forms, language, visitor
from assess.web.answer.blueprint import blueprint
from assess.web.asks import asks
from assess.web.services import services
from assess.web.texts import wordbook


@blueprint.get("/answer/<sheet_id>")
@asks("read")
def resume(sheet_id: str) -> ResponseReturnValue:
    """Goes to the first page with something open, or to the check when nothing is."""
    sheet = _sheet(sheet_id)
    if sheet.submitted_at is None:
        for number, page in enumerate(sheet.form.pages, 1):
            if not all(sheet.is_answered(item_id) for item_id in page.items):
                return redirect(url_for("answer.page", sheet_id=sheet.id, number=number), 303)
    return redirect(url_for("answer.check", sheet_id=sheet.id), 303)


@blueprint.get("/answer/<sheet_id>/page/<int:number>")
@asks("read")
def page(sheet_id: str, number: int) -> ResponseReturnValue:
    """Shows one page of questions with the answers so far."""
    sheet = _sheet(sheet_id)
    if sheet.submitted_at is not None:
        return redirect(url_for("answer.check", sheet_id=sheet.id), 303)
    return _show(sheet, number)


@blueprint.post("/answer/<sheet_id>/page/<int:number>")
@asks("answer")
def save_page(sheet_id: str, number: int) -> ResponseReturnValue:
    """Saves the whole page, then goes where the pressed button leads."""
    sheet = _sheet(sheet_id)
    asked = _page(sheet, number)
    words = wordbook(sheet.task, language.current(), sheet)
    try:
        given = forms.read_answers(asked.items, words, request.form)
    except InvalidAnswers as error:
        if set(error.faults.values()) == {"too-long"}:  # the one fault that a person can make
            return _show(sheet, number, too_long=tuple(error.faults), posted=request.form), 400
        raise
    if "resolve" in request.form:
        given = _resolved(given)
    saved = _save(sheet, given)
    if saved.conflicts:
        return _ask_which(sheet, number, given, saved.conflicts)
    return _go_on(_sheet(sheet_id), number)


@blueprint.post("/answer/<sheet_id>/answers")
@asks("answer")
def save_answers(sheet_id: str) -> ResponseReturnValue:
    """Saves single answers for the page's script: `{"answers": {item: {"value", "seen"}}}`.

    Answers 200 with the new revisions and the progress, or 409 with the items that were changed elsewhere.
    """
    sheet = _sheet(sheet_id)
    given = _from_json(sheet, _body())
    saved = _save(sheet, given)
    if saved.conflicts:
        return jsonify(conflicts=[conflict.item_id for conflict in saved.conflicts]), 409
    answered = {
        item_id for item_id in sheet.form.item_ids if sheet.is_answered(item_id) and item_id not in given
    } | {item_id for item_id, answer in given.items() if _holds_something(answer)}
    return jsonify(revisions=dict(saved.revisions), answered=len(answered), asked=len(sheet.form.item_ids))


def _sheet(sheet_id: str) -> Sheet:
    return sheets.sheet(services().store, visitor.session(), sheet_id, services().now)


def _page(sheet: Sheet, number: int) -> FormPage:
    if not 1 <= number <= len(sheet.form.pages):
        raise NotFound("This sheet has no such page.")
    return sheet.form.pages[number - 1]


def _save(sheet: Sheet, given: Mapping[str, Given]) -> Saved:
    return sheets.save(services().store, visitor.session(), sheet.id, given, services().now)


def _show(
    sheet: Sheet,
    number: int,
    missing: tuple[str, ...] = (),
    too_long: tuple[str, ...] = (),
    posted: MultiDict[str, str] | None = None,
) -> str:
    """A question page with the stored answers, or with what was `posted` and the revisions seen then."""
    asked = _page(sheet, number)
    words = wordbook(sheet.task, language.current(), sheet)
    return render_template(
        "page.html",
        sheet=sheet,
        words=words,
        number=number,
        page=asked,
        form=forms.item_form(asked.items, words, posted=posted, answers=sheet.answers),
        seen={
            item_id: posted.get(forms.SEEN + item_id, "0") if posted else _revision(sheet, item_id)
            for item_id in asked.items
        },
        missing=missing,
        too_long=too_long,
        answered=sum(sheet.is_answered(item_id) for item_id in sheet.form.item_ids),
        came_from=_came_from(),
    )


def _revision(sheet: Sheet, item_id: str) -> int:
    return sheet.answers[item_id].revision if item_id in sheet.answers else 0


def _go_on(sheet: Sheet, number: int) -> ResponseReturnValue:
    """Where the pressed button leads: another language, a page back, leave, stay, or on."""
    chosen = language.known(request.form.get("language"))
    if chosen is not None:
        sessions.set_language(services().store, visitor.session(), chosen)
        language.keep(chosen)
        return _to_page(sheet, number)
    leads = {"back": _back, "leave": _leave, "stay": _to_page, "next": _next}
    return leads.get(request.form.get("go", "next"), _next)(sheet, number)


def _back(sheet: Sheet, number: int) -> ResponseReturnValue:
    if _came_from() == "check":
        return _to_check(sheet)
    if number == 1:
        return _leave(sheet, number)
    return redirect(url_for("answer.page", sheet_id=sheet.id, number=number - 1), 303)


def _leave(_sheet: Sheet, _number: int) -> ResponseReturnValue:
    return redirect(url_for("answer.welcome"), 303)


def _next(sheet: Sheet, number: int) -> ResponseReturnValue:
    missing = tuple(item_id for item_id in _page(sheet, number).items if item_id in sheet.missing)
    if missing:
        return _show(sheet, number, missing), 422
    if _came_from() == "check" or number == len(sheet.form.pages):
        return _to_check(sheet)
    return redirect(url_for("answer.page", sheet_id=sheet.id, number=number + 1), 303)


def _to_check(sheet: Sheet) -> ResponseReturnValue:
    return redirect(url_for("answer.check", sheet_id=sheet.id), 303)


def _to_page(sheet: Sheet, number: int) -> ResponseReturnValue:
    address = url_for("answer.page", sheet_id=sheet.id, number=number)
    return redirect(f"{address}?from=check" if _came_from() == "check" else address, 303)


def _came_from() -> str:
    return "check" if request.values.get("from") == "check" else ""


def _ask_which(
    sheet: Sheet, number: int, given: Mapping[str, Given], conflicts: tuple[Conflict, ...]
) -> ResponseReturnValue:
    """The page that shows both answers where another tab or device was faster."""
    in_conflict = {conflict.item_id for conflict in conflicts}
    others = {item_id: answer for item_id, answer in given.items() if item_id not in in_conflict}
    page = render_template(
        "conflict.html",
        sheet=sheet,
        words=wordbook(sheet.task, language.current(), sheet),
        number=number,
        conflicts=conflicts,
        others=others,
        steer={"from": _came_from(), "go": request.form.get("go", "stay")},
    )
    return page, 409


def _resolved(given: Mapping[str, Given]) -> dict[str, Given]:
    """The answers to save after the person saw both: a "stored" one is left as it is.

    Where nothing was chosen the revision seen is taken away again, so that the page asks once more.
    """
    undecided = request.form["resolve"].split()
    resolved = {}
    for item_id, answer in given.items():
        keep = request.form.get(forms.KEEP + item_id)
        if keep == "stored":
            continue
        resolved[item_id] = replace(answer, seen=0) if item_id in undecided and keep != "mine" else answer
    return resolved


def _body() -> object:
    try:
        return request.get_json()
    except RecursionError as error:  # nested deeper than the reader goes
        raise BadRequest from error


def _from_json(sheet: Sheet, body: object) -> dict[str, Given]:
    """Answers from the script's JSON. Raises `InvalidAnswers` or `BadRequest`."""
    answers = body.get("answers") if isinstance(body, dict) else None
    if not isinstance(answers, dict) or not answers:
        raise BadRequest
    words = wordbook(sheet.task, language.current(), sheet)
    posted: dict[str, str] = {}
    for item_id, answer in answers.items():
        if item_id not in sheet.form.item_ids:
            raise InvalidAnswers({item_id: "unknown"})
        if not isinstance(answer, dict) or set(answer) != {"value", "seen"}:
            raise InvalidAnswers({item_id: "kind"})
        if not isinstance(answer["value"], str) or type(answer["seen"]) is not int:
            raise InvalidAnswers({item_id: "kind"})
        posted[forms.ANSWER + item_id] = answer["value"]
        posted[forms.SEEN + item_id] = str(answer["seen"])
    return forms.read_answers(tuple(answers), words, forms.as_posted(posted))


def _holds_something(given: Given) -> bool:
    return given.position is not None or given.text is not None
