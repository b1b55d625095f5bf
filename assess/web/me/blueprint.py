"""The blueprint itself; the modules beside it add its routes."""

from __future__ import annotations

from flask import Blueprint

from assess.web import navigation

blueprint = Blueprint("me", __name__, url_prefix="/me")
blueprint.add_app_template_global(navigation.places, "places")
blueprint.add_app_template_global(navigation.administration, "administration")
