"""Room for more on the agreement sheet: it is there as long as it makes no page of its own."""

from __future__ import annotations

import msgspec

from reports.talk.parts import AgreementView, SheetAgreement


def without_room(view: AgreementView) -> AgreementView | None:
    """The sheet with its agreements alone; None for one that has no room for more, or nothing else."""
    filled = tuple(one for one in view.agreements if not _is_empty(one))
    if not filled or len(filled) == len(view.agreements):
        return None
    return msgspec.structs.replace(view, agreements=filled)


def _is_empty(one: SheetAgreement) -> bool:
    return not any(field.value for row in one.fields for field in row)
