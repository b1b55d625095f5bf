"""The letter about a batch that is ready. It names nobody: what is in the file stands in the file."""

from __future__ import annotations

from assess.batches.asker import actor_of
from assess.batches.ordering import batch
from assess.batches.types import Batch
from assess.errors import NotFound
from assess.mail.content import Action, Content, Facts, Paragraph
from assess.mail.desk import Desk
from assess.mail.errors import NotWanted


def ready(desk: Desk) -> Content:
    """To whoever ordered it. Raises `NotWanted` when it is not there any more."""
    found = _batch(desk)
    missing = len(found.missing)
    lead = desk.count(
        "The document that you ordered is ready.",
        "The %(num)s documents that you ordered are ready.",
        found.done,
    )
    if not found.done:
        lead = desk.say("None of the documents that you ordered could be made.")
    facts = [(desk.say("In the file"), str(found.done))]
    if missing:
        facts.append((desk.say("Not in the file"), str(missing)))
    if found.done:
        facts.append((desk.say("Can be fetched until"), desk.moment(found.expires_at)))
    about = desk.say("Only what you may see when you fetch it is in the file. After that time it is deleted.")
    return desk.content(
        desk.say("Your file is ready") if found.done else desk.say("Your file could not be made"),
        (
            Paragraph(lead),
            Facts(tuple(facts)),
            Action(
                desk.say("Fetch the file") if found.done else desk.say("See what is missing"),
                desk.page(f"batches/{found.id}"),
                desk.say("You sign in first."),
            ),
        ),
        *((about,) if found.done else ()),
    )


def _batch(desk: Desk) -> Batch:
    with desk.store.read() as q:
        actor = actor_of(q, desk.letter.person_id, desk.now)
    if actor is None:
        raise NotWanted("gone")
    try:
        found = batch(desk.store, actor, desk.letter.parameters.get("batch", ""), desk.now)
    except NotFound as error:
        raise NotWanted("too-late") from error
    if found.state != "done":
        raise NotWanted("too-late")
    return found
