"""The file of a batch: a ZIP that is made while it is sent, one document at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from gettext import NullTranslations

from flask import Response, g, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import Headers
from zipstream import ZipStream  # type: ignore[import-untyped]

from assess.batches.file_names import safe
from assess.batches.handing_out import Document, hand_out, require_file
from assess.batches.ordering import batch
from assess.batches.types import Missing
from assess.rights import Actor
from assess.settings import Settings
from assess.store import Store
from assess.web import language, person
from assess.web.asks import asks
from assess.web.attachment import disposition, file_name
from assess.web.batches.blueprint import blueprint
from assess.web.batches.words import NAMED, REASONS, title_of
from assess.web.language import gettext
from assess.web.services import services

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Text editors of Windows take a text file without it for one in an old encoding."""
STALLED_SECONDS = 120.0
"""How long the sending of one document may take."""


@blueprint.get("/<batch_id>/file.zip")
@asks("see-own")
def file(batch_id: str) -> ResponseReturnValue:
    """All documents that the asker may still see, and a text about the others. One at a time for each
    person: raises `AlreadyFetching`, or `NoSeat` where others hold all threads for such work."""
    store, actor = services().store, person.session().actor
    require_file(store, actor, batch_id, services().now)
    found = batch(store, actor, batch_id, services().now)
    name = gettext("What is not here")
    text = LeftOut(
        name=f"{safe(name)}.txt",
        words=language.words(language.current()),
    )
    headers = Headers()
    headers["Content-Disposition"] = disposition(file_name((safe(title_of(found)),), "zip"))
    headers["Cache-Control"] = "no-store"
    _give_up_on_who_takes_nothing()
    seat = g.file_seat = ExitStack()  # from here on nothing may fail within the view: it would keep the seat
    seat.enter_context(services().seats.fetching(actor.id))
    pieces = archive(store, services().settings, actor, batch_id, services().clock, text)
    response = Response(pieces, mimetype="application/zip", headers=headers)
    response.call_on_close(seat.close)
    return response


@blueprint.teardown_request
def give_back(error: BaseException | None) -> None:
    """Where an error puts another response in the place of the file, nobody closes the file's."""
    if error is not None and "file_seat" in g:
        g.file_seat.close()


def _give_up_on_who_takes_nothing() -> None:
    """Whoever stops taking what is sent would hold a thread for good; the file can be fetched anew."""
    connection = request.environ.get("gunicorn.socket")
    if connection is not None:
        connection.settimeout(STALLED_SECONDS)


class LeftOut:
    """The text within the file, in a language that is known while the request is there; what is missing comes
    later."""

    def __init__(self, name: str, words: NullTranslations) -> None:
        self.name = name
        self.words = words

    def text(self, missing: Sequence[Missing]) -> bytes:
        """How many, by reason; names, each on a line, only where they tell nothing of a person."""
        lines = [self._count(len(missing))]
        for why, words in REASONS.items():
            names = [one.file_name for one in missing if one.why == why]
            shown = [f"  {name}" for name in names if why in NAMED]
            reason = f"{len(names)}: {self.words.gettext(words)}"
            lines += ["", reason, *shown] if names else []
        return (_BOM + "\r\n".join(lines) + "\r\n").encode()

    def _count(self, num: int) -> str:
        text = self.words.ngettext(
            "One document is not in the file.", "%(num)s documents are not in the file.", num
        )
        return text % {"num": num}


def archive(
    store: Store,
    settings: Settings,
    actor: Actor,
    batch_id: str,
    clock: Callable[[], datetime],
    left_out: LeftOut,
) -> Iterator[bytes]:
    """The ZIP in pieces. PDFs are compressed already: they are stored as they are."""
    zipped = ZipStream()
    missing = []
    for one in hand_out(store, settings, actor, batch_id, clock):
        if isinstance(one, Document):
            zipped.add(one.content, one.file_name)
            yield from zipped.file()
        else:
            missing.append(one)
    if missing:
        zipped.add(left_out.text(missing), left_out.name)
    yield from zipped.finalize()
