"""The personal report of an answers file: one sheet of rating scales, beside the other perspective's."""

from __future__ import annotations

from assess.commands.answers import profile_of
from assess.commands.report_order import ReportOrder
from assess.files.pairs import pair_of
from reports.view import AreaProfiles, PersonalView, personal_view


def view_of(order: ReportOrder) -> PersonalView:
    """When the file holds the other perspective on the same subject and job area too, the two stand side by
    side. Raises `BadInput` for two sheets where one is wanted."""
    file, row = order.file, order.row
    pair = pair_of(file, row)
    area = AreaProfiles(
        job_area=file.job_areas[row],
        own=profile_of(file, row),
        other=None if pair.other is None else profile_of(file, pair.other),
    )
    view = personal_view(
        order.definition,
        [area],
        language=order.language,
        first_name=order.first_name,
        sheet=file.ids[row],
        today=order.today,
        customer=order.customer,
        audience="subject" if file.perspectives[row] == "self" else "manager",
    )
    order.say(f"Made of: {pair.told}.")
    return view
