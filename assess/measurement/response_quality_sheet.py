"""What one sheet alone can tell, for the friendly note before submitting: rushed, or all alike.

Only the person who answers sees that note, and may look again. It compares with nobody, and it is no
judgement: people who are sure of what they do answer fast, and some honestly think the same of everything.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assess.measurement.response_quality import options_of
from assess.measurement.response_quality_runs import choices_of, runs, variability
from assess.measurement.response_quality_signs import (
    LEAST_RUN,
    common_options,
    run_cut,
    seconds_cut,
    variability_cut,
)
from assess.scoring.form import Form
from assess.scoring.result import Result
from assess.scoring.results import Given


class SheetLook(Result, frozen=True):
    """`longest_run` of the same option in the order of asking, `variability` (SD of the answers to ratings,
    in units of their values) and `seconds_per_item` answered; None where it cannot be known.

    `alike`: the run reaches the form's cut or the ratings hardly vary; `rushed`: less time than reading
    takes. Both are False under `LEAST_RUN` answers: so few may well be alike, or quick.
    """

    answered: int
    longest_run: int | None
    variability: float | None
    seconds_per_item: float | None
    alike: bool
    rushed: bool


def look_at_sheet(form: Form, given: Mapping[str, Given], seconds: float | None = None) -> SheetLook:
    """What the person who is about to submit may be asked to look at again.

    `form`: that of the sheet, its pages in the person's own order (`shuffled_form`); `given`: positions by
    item id, None or 0 = missing, as `make_profile` takes them; `seconds`: spent on the sheet, None = not
    known. The cuts are those of `response_quality_signs`. Raises `ValueError` for negative seconds and for
    positions that are no option.
    """
    if seconds is not None and not seconds >= 0:
        raise ValueError(f"a sheet takes no {seconds} seconds")
    options = dict(zip(form.scored_item_ids, options_of(form), strict=True))
    asked = [item_id for item_id in form.item_ids if item_id in options]
    answers = np.array([[_position(given, item_id, len(options[item_id]))] for item_id in asked], np.uint8)
    answers = answers.reshape(len(asked), 1)
    answered = int(np.count_nonzero(answers))
    longest = int(runs(choices_of(answers, [options[item_id] for item_id in asked])).longest[0])
    common = common_options(form)
    rated = [row for row, item_id in enumerate(asked) if options[item_id] == common]
    varied = float(variability(answers[rated], common)[0]) if common else float("nan")
    per_item = seconds / answered if seconds is not None and answered else None
    enough = answered >= LEAST_RUN
    rated_answers = int(np.count_nonzero(answers[rated]))
    flat = rated_answers >= LEAST_RUN and varied <= variability_cut(min(common), max(common))
    return SheetLook(
        answered=answered,
        longest_run=longest or None,
        variability=None if np.isnan(varied) else varied,
        seconds_per_item=per_item,
        alike=enough and (longest >= run_cut(len(asked)) or flat),
        rushed=enough and per_item is not None and per_item < seconds_cut(form),
    )


def _position(given: Mapping[str, Given], item_id: str, size: int) -> int:
    position = given.get(item_id)
    if position is None:
        return 0
    if not isinstance(position, int) or not 0 <= position <= size:
        raise ValueError(f"{position!r} is no position of {item_id}")
    return position
