"""What needs no link: the front page, the state of the service, fonts and the charts' colours."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, render_template, send_file
from flask.typing import ResponseReturnValue

from assess.errors import NotFound, StoreUnavailable
from assess.store.version import applied_migrations
from assess.web.asks import OPEN, asks
from assess.web.fonts import screen_faces
from assess.web.services import services
from reports import charts

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
@asks(OPEN)
def front() -> ResponseReturnValue:
    return render_template("front.html")


@blueprint.get("/healthz")
@asks(OPEN)
def health() -> ResponseReturnValue:
    """200 when the database answers, else 503; for load balancers and `assess run`."""
    try:
        with services().store.read() as queries:
            applied_migrations(queries)
    except StoreUnavailable:
        return jsonify(status="unavailable"), 503
    return jsonify(status="ok")


@blueprint.get("/fonts/<name>")
@asks(OPEN)
def font(name: str) -> ResponseReturnValue:
    """A face of Source Sans 3. Its name carries its version, so browsers keep it for good."""
    found = {face.woff2.name: face.woff2 for face in screen_faces()}
    if name not in found:
        raise NotFound("There is no such font.")
    return _kept(send_file(found[name], mimetype="font/woff2"))


@blueprint.get("/styles/<version>/fonts.css")
@asks(OPEN)
def font_faces(version: str) -> ResponseReturnValue:  # noqa: ARG001 (only makes the address change)
    """Where the pages' fonts are found."""
    response = make_response(render_template("fonts.css", faces=screen_faces()))
    response.mimetype = "text/css"
    return _kept(response)


@blueprint.get("/styles/<version>/charts.css")
@asks(OPEN)
def chart_colours(version: str) -> ResponseReturnValue:  # noqa: ARG001
    """The colours of the charts on screen, which live beside the charts."""
    return _kept(send_file(charts.SCREEN_CSS, mimetype="text/css"))


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
