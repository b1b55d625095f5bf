"""The leader's report of an answers file: the own sheet, the direct reports as a group, the people led."""

from __future__ import annotations

from assess.commands.answers import profile_of
from assess.commands.matching import matches_of
from assess.commands.report_order import ReportOrder
from assess.disclosure.thresholds import DEFAULT_GROUP
from assess.errors import AssessError
from assess.files.raters import group_on
from assess.scoring.raters import TooFewRaters
from assess.scoring.results import Profile
from assess.scoring.style_results import RaterGroup
from reports.leader import LeaderView, MatchEntry, RatersNote, leader_view


def view_of(order: ReportOrder) -> LeaderView:
    """The file's direct reports on the same subject become the pages of a group where there are enough;
    `order.maturity` gives the match pages. Raises `AssessError` for a sheet that is not the leader's own."""
    file, row = order.file, order.row
    if file.perspectives[row] != "self":
        raise AssessError(f"Sheet {file.ids[row]} is no leader's own sheet, so there is no report about it.")
    profile = profile_of(file, row)
    group, note, told = _raters(order, profile)
    entries: tuple[MatchEntry, ...] = ()
    if order.maturity is not None and profile.styles is not None and profile.styles.uses:
        entries = matches_of(profile, file, row, order.maturity, order.say)
    view = leader_view(
        order.definition,
        profile,
        language=order.language,
        first_name=order.first_name,
        sheet=file.ids[row],
        today=order.today,
        customer=order.customer,
        matches=entries,
        raters=group,
        raters_note=note,
    )
    order.say(f"Made of: own sheet {file.ids[row]}{told}.")
    return view


def _raters(order: ReportOrder, own: Profile) -> tuple[RaterGroup | None, RatersNote, str]:
    """The group, or why there is none, and what is told of it: none and too few sound and look alike."""
    subject = order.file.subjects[order.row]
    if "direct-report" not in order.definition.questionnaire.perspectives:
        return None, "not-asked", ""
    if not subject:
        return None, "too-few", "; it names no subject, so no direct report's sheet goes with it"
    try:
        group = group_on(order.file, subject, own)
    except TooFewRaters:
        return None, "too-few", f"; fewer than {DEFAULT_GROUP} direct reports or none, so nothing of theirs"
    return group, "not-asked", f" and {group.raters} direct reports together"
