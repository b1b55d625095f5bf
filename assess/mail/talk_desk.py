"""What letters about talks share: the talk as their reader may see it, and the frame of the letter."""

from __future__ import annotations

from dataclasses import dataclass

from assess.batches.asker import actor_of
from assess.errors import NotFound
from assess.mail.content import Content, Part
from assess.mail.desk import Desk, one_line
from assess.mail.errors import NotWanted
from assess.talks.letters import TALK
from assess.talks.loading import as_talk, own_talk
from assess.talks.types import Talk


@dataclass(frozen=True, slots=True)
class About:
    """A talk and how its reader calls the other of the two."""

    talk: Talk
    other: str


def about_of(desk: Desk) -> About:
    """The talk as the reader may see it at this moment. Raises `NotWanted` for who may not."""
    with desk.store.read() as q:
        actor = actor_of(q, desk.letter.person_id, desk.now)
        if actor is None:
            raise NotWanted("gone")
        try:
            loaded = own_talk(q, actor, "see-talk", desk.letter.parameters[TALK], desk.now)
        except NotFound as error:
            raise NotWanted("over") from error
        talk = as_talk(actor, loaded, desk.now)
    return About(talk, one_line(talk.other.name))


def content_of(desk: Desk, subject: str, parts: tuple[Part, ...]) -> Content:
    """The letter with its greeting, and beneath it whom to ask and where all talks are."""
    return desk.content(
        subject,
        parts,
        desk.say(
            "Nobody reads answers to this letter. Write to the one with whom you have the talk. All your "
            "talks are at %(address)s",
            address=desk.page("talks"),
        ),
    )
