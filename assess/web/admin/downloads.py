"""The figures as files: a measurement and norms, as JSON with everything, or as a table with one figure a
line that the Excel of the page's language opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from flask import Response
from flask.typing import ResponseReturnValue

from assess.errors import NotFound
from assess.evidence import norms
from assess.evidence.norms import BuiltNorms
from assess.evidence.results import Measurement
from assess.files.spreadsheet import Cell, table_for
from assess.web import language, person
from assess.web.admin.blueprint import blueprint
from assess.web.admin.measured import pools_now
from assess.web.admin.measures import measured
from assess.web.admin.naming import Names, perspective_name
from assess.web.asks import asks
from assess.web.attachment import attachment
from assess.web.services import services

FIGURES = ("part", "scale", "item", "figure", "value", "low", "high", "n")
_ENDINGS = ("csv", "json")


@blueprint.get("/measures/<wave_id>/<content_hash>/<perspective>/figures.<ending>")
@asks("see-measurement")
def figures(wave_id: str, content_hash: str, perspective: str, ending: str) -> ResponseReturnValue:
    """Every figure of the page, in the steps in which it is told. Raises `NotFound` where there are none."""
    pool, made = measured(wave_id, content_hash, perspective)
    if made.reason is not None or ending not in _ENDINGS:
        raise NotFound("There are no figures.")
    names = Names(pool.definition, pool.perspective)
    parts = (names.title, pool.wave.name, perspective_name(pool.perspective))
    return _file(made, FIGURES, figure_rows(made), parts, ending)


@blueprint.get("/norms/<norms_id>/norms.<ending>")
@asks("build-norms")
def norms_file(norms_id: str, ending: str) -> ResponseReturnValue:
    """One version of the norms."""
    session = person.session()
    versions = norms.built(services().store, session.actor, session.organisation_id)
    found = next((one for one in versions if one.id == norms_id), None)
    if found is None or ending not in _ENDINGS:
        raise NotFound("There are no such norms.")
    [title] = {
        Names(pool.definition, found.perspective).title
        for pool in pools_now()
        if pool.content_hash == found.content_hash
    }
    parts = (
        title,
        perspective_name(found.perspective),
        f"v{found.version}",
        found.built_at.date().isoformat(),
    )
    return _file(found.norms, NORMS, norm_rows(found), parts, ending)


def _file(
    whole: msgspec.Struct,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    parts: Sequence[str],
    ending: str,
) -> Response:
    if ending == "json":
        return attachment(
            msgspec.json.format(msgspec.json.encode(whole), indent=2), "application/json", parts, ending
        )
    return attachment(table_for(language.current(), head, rows), "text/csv", parts, ending)


# --- a measurement --------------------------------------------------------------------------------


def figure_rows(made: Measurement) -> Iterator[tuple[Cell, ...]]:
    """Rows under `FIGURES`: one figure a row, what is not known left out."""
    everything = (*_reliability(made), *_decisions(made), *_answering(made), *_findings(made))
    return (row for row in everything if row[4] is not None)


def _reliability(made: Measurement) -> Iterator[tuple[Cell, ...]]:
    for scale in made.reliability.scales if made.reliability else ():
        low, high = scale.alpha_interval or (None, None)
        yield ("scale", scale.id, None, "alpha", scale.alpha, low, high, scale.n_used)
        for name in ("omega_total", "spearman_brown", "average_r", "sd", "sem"):
            yield ("scale", scale.id, None, name, getattr(scale, name), None, None, scale.n_used)
        for item in scale.items:
            for name, n in (
                ("item_rest_r", item.item_rest_n),
                ("alpha_if_dropped", scale.n_used),
                ("loading", scale.n_used),
            ):
                yield ("item", scale.id, item.id, name, getattr(item, name), None, None, n)


def _decisions(made: Measurement) -> Iterator[tuple[Cell, ...]]:
    if made.decision is None:
        return
    for cut in made.decision.cuts:
        for name in ("accuracy", "consistency"):
            yield ("cut", cut.scale, None, f"{cut.method} {name}", getattr(cut, name), None, None, cut.n)
    for level in made.decision.levels:
        for name in ("accuracy", "consistency"):
            yield ("levels", None, None, f"{level.method} {name}", getattr(level, name), None, None, level.n)


def _answering(made: Measurement) -> Iterator[tuple[Cell, ...]]:
    for item in made.missing:
        asked = item.answered + item.missing
        yield ("item", None, item.id, "missing", item.missing, None, None, asked)
    if made.time is not None and made.time.minutes is not None and made.time.seconds_per_item is not None:
        for name, (low, middle, high) in (
            ("minutes", made.time.minutes),
            ("seconds_per_item", made.time.seconds_per_item),
        ):
            yield ("time", None, None, f"{name} (quartiles)", middle, low, high, made.time.n)
    if made.response_quality is not None:
        quality = made.response_quality
        yield ("answering", None, None, "flag_rate", quality.flag_rate, None, None, quality.n)
        for kind in quality.kinds:
            yield ("answering", None, None, f"signs of {kind.id}", kind.rate, None, None, quality.n)


def _findings(made: Measurement) -> Iterator[tuple[Cell, ...]]:
    for one in made.findings:
        yield ("finding", one.scale, one.item, one.kind, one.figure, None, None, made.sheets)


# --- norms ----------------------------------------------------------------------------------------

NORMS = (
    "scale",
    "score",
    "n",
    "percentile",
    "percentile_se",
    "t_linear",
    "t_linear_se",
    "t_normalised",
    "t_normalised_se",
    "stanine",
    "stanine_se",
    "sten",
    "sten_se",
)


def norm_rows(built: BuiltNorms) -> Iterator[tuple[Cell, ...]]:
    """Rows under `NORMS`: one possible score of a scale a row."""
    for record in built.norms.records:
        for row in record.table.rows:
            figures = (getattr(row, name) for name in NORMS[3:])
            yield (record.scale, row.score, record.n, *figures)
