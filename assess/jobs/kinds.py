"""The visible table of what the worker does: kinds of jobs, and what every minute looks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias

from assess.answering.ordering import REPORT_JOB
from assess.campaigns.filling import fill
from assess.campaigns.jobs import FILL_JOB, PURGE_JOB, RELEASE_JOB, REMIND_JOB
from assess.campaigns.reminding import remind_as_planned
from assess.campaigns.timetable import due
from assess.jobs.looking import note_look
from assess.jobs.releasing import release_wave
from assess.jobs.report import make_report
from assess.jobs.signing_in import answer_request
from assess.jobs.tidying import TIDY_JOB, order_tidying, tidy
from assess.jobs.workplace import Workplace
from assess.mail.sending import order_sending, send_mail
from assess.outbox.letters import SEND_JOB
from assess.people.requests import REQUEST_JOB
from assess.personal_data.retention import purge
from assess.store import Store
from assess.talks import lapsing
from assess.talks import timetable as talks_timetable

Kind: TypeAlias = Callable[[Workplace, str], None]

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        REPORT_JOB: make_report,
        FILL_JOB: lambda place, wave_id: fill(place.store, wave_id, place.clock()),
        REMIND_JOB: lambda place, subject: remind_as_planned(place.store, subject, place.clock()),
        RELEASE_JOB: release_wave,
        REQUEST_JOB: answer_request,
        SEND_JOB: send_mail,
        PURGE_JOB: lambda place, wave_id: purge(place.store, place.settings, wave_id, place.clock()),
        TIDY_JOB: tidy,
        talks_timetable.AGREEMENTS_JOB: talks_timetable.remind_of_agreements,
        lapsing.LOOK_JOB: lapsing.look,
        lapsing.END_JOB: lapsing.end,
    }
)
"""Kind of job → what does it, given the job's subject. Each is idempotent."""

EVERY_MINUTE: tuple[Callable[[Store, datetime], None], ...] = (
    note_look,
    due,
    talks_timetable.due,
    lapsing.due,
    order_tidying,
    order_sending,
)
"""What looks for work that time has made due, and orders jobs for it. Each is cheap and idempotent."""
