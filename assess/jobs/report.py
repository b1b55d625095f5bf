"""The report of a task."""

from __future__ import annotations

import assess.one_thread  # noqa: F401 (before NumPy)
from assess.answering import results
from assess.answering.loading import load_task
from assess.jobs.workplace import Workplace


def make_report(place: Workplace, task_id: str) -> None:
    """The report of a task (the personal one, or a leader's) as its respondent may see it now, in the
    language used last. Of a confidential sheet there is none."""
    from reports.fonts import static_fonts  # noqa: PLC0415
    from reports.outcome import view_of_results  # noqa: PLC0415
    from reports.pdf import render  # noqa: PLC0415

    now = place.clock()
    with place.store.read() as q:
        task = load_task(q, task_id, now)
        found = results.results_of(q, task, now)
        made_of = results.fingerprint(found, task.language)
        known = q.document(task_id=task_id, kind="personal-report", language=task.language, made_of=made_of)
    view = view_of_results(found, task.language, place.settings.time_zone)
    if known is not None or view is None:
        return
    pdf = render(view, static_fonts(place.settings.data / "fonts"))
    results.keep_document(place.store, found, "personal-report", task.language, pdf, now)
