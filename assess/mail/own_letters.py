"""Letters about the person's own doings: signing in, a changed address, an erasure that is done."""

from __future__ import annotations

from assess.mail.content import Action, Content, Paragraph, Part
from assess.mail.desk import Desk
from assess.people import signing_in


def sign_in(desk: Desk) -> Content:
    """A link that signs in once, for a quarter of an hour from now."""
    link = desk.page(f"sign-in/{signing_in.mint(desk.store, desk.letter.person_id, desk.now)}")
    return _content(
        desk,
        desk.say("Your link to sign in"),
        (
            Paragraph(desk.say("Here is the link that you asked for. It works once, for fifteen minutes.")),
            Action(desk.say("Sign in"), link),
        ),
        desk.say(
            "Did you not ask for this? Then do nothing: nobody gets in without this letter. Do not forward "
            "it."
        ),
    )


def contact_changed(desk: Desk) -> Content:
    """To the address that was valid until now. The new one is not named in it."""
    return _content(
        desk,
        desk.say("Your e-mail address was changed"),
        (
            Paragraph(
                desk.say(
                    "From now on letters from %(organisation)s’s questionnaires go to another e-mail "
                    "address, and this one no longer signs you in.",
                    organisation=desk.organisation,
                )
            ),
        ),
        desk.say(
            "Was it not you, and nobody on your behalf? Tell whoever runs the questionnaires where you work "
            "at once."
        ),
    )


def erasure_done(desk: Desk) -> Content:
    """To the address of somebody about whom nothing is stored any more."""
    return _content(
        desk,
        desk.say("What was stored about you has been erased"),
        (
            Paragraph(
                desk.say(
                    "Your answers, your profiles, what you had shared, and your name and address have been "
                    "erased from %(organisation)s’s questionnaires.",
                    organisation=desk.organisation,
                )
            ),
            Paragraph(
                desk.say(
                    "Results for whole groups that were published before stay as they are; nobody can be "
                    "told from them. Back-ups are overwritten as time passes, and whoever restores one "
                    "erases you again."
                )
            ),
        ),
        desk.say("This is the last letter that you get. The address it went to is forgotten with it."),
    )


def _content(desk: Desk, subject: str, parts: tuple[Part, ...], footer: str) -> Content:
    greeting = (
        desk.say("Hello %(first_name)s,", first_name=desk.first_name)
        if desk.first_name
        else desk.say("Hello,")
    )
    return Content(desk.language, subject, desk.organisation, greeting, parts, (footer,))
