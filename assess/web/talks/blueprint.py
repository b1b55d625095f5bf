"""The blueprint itself; the modules beside it add its routes."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("talks", __name__, url_prefix="/talks")
