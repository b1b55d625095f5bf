"""The blueprint of an account: where the person is signed in, and administrators' passkeys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from assess.errors import NotFound
from assess.people import passkeys, sessions
from assess.people.passkeys import LastPasskey, NotConfirmed, Passkey, PasskeyRefused, Site
from assess.settings import has_name
from assess.web import language, limits, person
from assess.web.asks import asks
from assess.web.services import services

blueprint = Blueprint("account", __name__, url_prefix="/account")


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device in words."""

    id: str
    began: str
    seen: str
    is_this: bool
    is_limited: bool


@blueprint.get("")
@asks("see-own")
def home() -> ResponseReturnValue:
    return _page(request.args.get("note", ""))


@blueprint.post("/devices/<device_id>/end")
@asks("see-own")
def end_device(device_id: str) -> ResponseReturnValue:
    """Signs the person out there; here is done by signing out."""
    session = person.session()
    if device_id == session.id:
        raise NotFound("This device signs out by its own button.")
    sessions.end(services().store, session, services().now, device_id=device_id)
    return _to("ended")


@blueprint.post("/devices/end-others")
@asks("see-own")
def end_others() -> ResponseReturnValue:
    sessions.end_others(services().store, person.session(), services().now)
    return _to("ended-others")


@blueprint.post("/challenge")
@asks("see-own")
def challenge() -> ResponseReturnValue:
    """What the page's script hands to the browser, for making a passkey or for using one."""
    session, store, now = person.session(), services().store, services().now
    purposes = {"register": passkeys.offer_registration, "confirm": passkeys.offer_confirmation}
    body = request.get_json()
    wanted = body.get("for") if isinstance(body, dict) else None
    if not isinstance(wanted, str) or wanted not in purposes:
        raise BadRequest
    options = purposes[wanted](store, session, site(), now)
    return Response(options, mimetype="application/json")


@blueprint.post("/passkeys")
@asks("see-own")
def add_passkey() -> ResponseReturnValue:
    session = person.session()
    limits.count_for("passkey", session.person_id)
    try:
        passkeys.register(
            services().store, session, site(), _credential(), request.form.get("name", ""), services().now
        )
    except PasskeyRefused:
        return _page("refused"), 422
    return _to("added")


@blueprint.post("/passkeys/<passkey_id>/remove")
@asks("see-own")
def remove_passkey(passkey_id: str) -> ResponseReturnValue:
    try:
        passkeys.remove(
            services().store, person.session(), passkey_id, services().now, required=person.passkey_required()
        )
    except LastPasskey:
        return _page("last"), 409
    return _to("removed")


@blueprint.get("/confirm")
@asks("see-own")
def confirm() -> ResponseReturnValue:
    """Before the administrators' pages: the passkey. Whoever has none, or has used it, goes on."""
    session = person.session()
    if not passkeys.must_confirm(session):
        return redirect(_way_back(), 303)
    return render_template("confirm.html", person=session, refused=False, back=_way_back())


@blueprint.post("/confirm")
@asks("see-own")
def confirm_with_passkey() -> ResponseReturnValue:
    session = person.session()
    limits.count_for("passkey", session.person_id)
    try:
        passkeys.confirm(services().store, session, site(), _credential(), services().now)
    except PasskeyRefused:
        return render_template("confirm.html", person=session, refused=True, back=_way_back()), 422
    return redirect(_way_back(), 303)


@blueprint.errorhandler(NotConfirmed)
def to_confirmation(_: NotConfirmed) -> ResponseReturnValue:
    """A passkey is added or removed only where one has been used before."""
    return redirect(url_for("account.confirm", back=url_for("account.home")), 303)


def site() -> Site:
    """What passkeys are tied to: the address of the settings, never what a request calls us."""
    address = urlsplit(services().settings.base_url)
    return Site(host=address.hostname or "", origin=f"{address.scheme}://{address.netloc}")


def _credential() -> dict[str, Any]:
    """What the browser's passkey said. Raises `PasskeyRefused` for what is no JSON object."""
    try:
        found = json.loads(request.form.get("credential", ""))
    except (ValueError, RecursionError) as error:
        raise PasskeyRefused("This is no passkey.") from error
    if not isinstance(found, dict):
        raise PasskeyRefused("This is no passkey.")
    return found


def _way_back() -> str:
    """The page of ours that was asked for before, else where an administrator begins."""
    found = language.own_path(request.values.get("back"))
    return found if found != "/" else url_for("admin.overview")


def _to(note: str) -> Response:
    return make_response(redirect(url_for("account.home", note=note), 303))


def _page(note: str) -> str:
    session = person.session()
    zone = services().settings.time_zone
    devices = [
        DeviceLine(
            device.id,
            language.moment_words(device.created_at, zone),
            language.moment_words(device.seen_at, zone),
            device.is_this,
            device.is_limited,
        )
        for device in sessions.devices(services().store, session, services().now)
    ]
    mine: tuple[Passkey, ...] | None = None
    if session.administers:
        mine = passkeys.passkeys(services().store, session)
    return render_template(
        "account.html",
        person=session,
        note=note,
        devices=devices,
        passkeys=mine,
        is_named=has_name(site().host),
        must_register=passkeys.must_register(session, required=person.passkey_required()),
        must_confirm=passkeys.must_confirm(session),
        is_last=person.passkey_required() and mine is not None and len(mine) == 1,
        day=lambda moment: language.day(moment, zone),
    )
