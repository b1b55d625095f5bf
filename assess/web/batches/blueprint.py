"""The blueprint itself; the modules beside it add its routes."""

from __future__ import annotations

from flask import Blueprint

from assess.web.batches.words import offers_for

blueprint = Blueprint("batches", __name__, url_prefix="/batches")
blueprint.add_app_template_global(offers_for, "batch_offers")
