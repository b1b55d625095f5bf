"""Letters about a wave: the invitation, the reminder, the invitation to try it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assess.answering import links, tasks
from assess.answering.loading import language_for, load_task
from assess.answering.types import Task
from assess.campaigns.overview import terms_of
from assess.language.wording import Wording
from assess.mail.content import Action, Content, Facts, Paragraph, Part, Points
from assess.mail.desk import Desk, one_line
from assess.mail.errors import NotWanted, TooEarly
from assess.rights import Terms, notice
from assess.rights.notice import in_words
from assess.store.ids import parse_time, parse_time_or_none
from questionnaires.definition import Definition, PerspectiveId, Texts

MOST_LINKS = 3
"""With more questionnaires than this the letter has one link, to signing in."""
_TO_OTHERS = frozenset({"see-profile", "see-release"})
"""Of the rights the letter tells who else sees something; the whole notice stands before question 1."""


@dataclass(frozen=True, slots=True)
class _Wave:
    name: str
    closes_at: datetime | None
    terms: Terms
    tasks: tuple[Task, ...]


def invitation(desk: Desk) -> Content:
    """To whom something has been given. It names all of it, submitted or not: whether a letter goes must not
    depend on what somebody has answered. Raises `NotWanted` when the wave takes no answers or all was taken
    back."""
    wave = _wave(desk, frozenset({"open"}), only_open=False)
    count = len(wave.tasks)
    subject = desk.count(
        "%(wave)s: a questionnaire for you", "%(wave)s: %(num)s questionnaires for you", count, wave=wave.name
    )
    asks = desk.count(
        "%(organisation)s asks you to answer a questionnaire. It is about work and leadership, never a test.",
        "%(organisation)s asks you to answer %(num)s questionnaires. They are about work and leadership, "
        "never a test.",
        count,
        organisation=desk.organisation,
    )
    return _content(desk, subject, (Paragraph(asks), *_what_to_do(desk, wave), *_terms(desk, wave)))


def reminder(desk: Desk) -> Content:
    """To whom something is left. Raises `NotWanted` when nothing is."""
    wave = _wave(desk, frozenset({"open"}), only_open=True)
    subject = (
        desk.say("Reminder: %(wave)s closes on %(day)s", wave=wave.name, day=desk.day(wave.closes_at))
        if wave.closes_at
        else desk.say("Reminder: %(wave)s", wave=wave.name)
    )
    left = desk.count(
        "You have a questionnaire left that is not submitted.",
        "You have %(num)s questionnaires left that are not submitted.",
        len(wave.tasks),
    )
    nobody = desk.say(
        "This letter was sent by itself to everybody who has something left. Nobody in your organisation is "
        "told who gets it."
    )
    return _content(desk, subject, (Paragraph(left), *_what_to_do(desk, wave), Paragraph(nobody)))


def _wave(desk: Desk, states: frozenset[str], *, only_open: bool) -> _Wave:
    wave_id = desk.letter.wave_id
    if wave_id is None:
        raise NotWanted("over")
    with desk.store.read() as q:
        row = q.wave_of_letter(wave_id=wave_id)
        closes_at = parse_time_or_none(row["closes_at"])
        if row["state"] not in states or (closes_at is not None and closes_at <= desk.now):
            raise NotWanted("over")
        opens_at = parse_time(row["opens_at"])
        if opens_at > desk.now and row["state"] == "open":
            raise TooEarly(opens_at)
        terms = terms_of(q, wave_id)
        found = tuple(
            load_task(q, task["id"], desk.now)
            for task in q.tasks_of_letter(person_id=desk.letter.person_id, wave_id=wave_id)
            if task["is_open"] or not only_open
        )
    if not found:
        raise NotWanted("nothing-left")
    return _Wave(one_line(row["name"]), closes_at, terms, found)


def _what_to_do(desk: Desk, wave: _Wave) -> tuple[Part, ...]:
    """The links, or the one to signing in; deadline and minutes; that one can pause."""
    minutes = sum(_minutes(task) for task in wave.tasks)
    in_all = desk.count("%(num)s minute", "%(num)s minutes", minutes)
    facts = Facts(
        (
            *(((desk.say("Open until"), desk.moment(wave.closes_at)),) if wave.closes_at else ()),
            *(((desk.say("Takes about"), in_all),) if len(wave.tasks) > 1 else ()),
        )
    )
    if len(wave.tasks) > MOST_LINKS:
        several = desk.say("Sign in with your e-mail address: you get a link there, and find all of them.")
        actions: tuple[Part, ...] = (
            Paragraph(several),
            Action(
                desk.say("Sign in"),
                desk.page("sign-in"),
                desk.count("%(num)s questionnaire", "%(num)s questionnaires", len(wave.tasks)),
            ),
        )
        pause = desk.say("Your answers are saved as you go. You can stop and go on whenever you like.")
    else:
        actions = tuple(
            Action(
                _title(desk, task),
                desk.page(f"a/{links.mint(desk.store, task.key.id, desk.now)}"),
                desk.count("About %(num)s minute", "About %(num)s minutes", _minutes(task)),
            )
            for task in wave.tasks
        )
        pause = desk.say(
            "Your answers are saved as you go. You can stop and come back with the same link, which is yours "
            "alone: do not forward it."
        )
    return (facts, *actions, Paragraph(pause))


def _terms(desk: Desk, wave: _Wave) -> tuple[Part, ...]:
    """Who sees what, in short, for each kind of questionnaire; and what the organisation says about why."""
    kinds: dict[tuple[str, PerspectiveId], Task] = {}
    for task in wave.tasks:
        kinds.setdefault((task.key.content_hash, task.key.perspective), task)
    own_words = frozenset(wave.terms.messages())
    seen: list[Part] = []
    reasons: dict[str, None] = {}
    for task in kinds.values():
        points = []
        for statement in notice(task.definition, task.key.perspective, wave.terms):
            words = in_words(statement, desk.language)
            rule = statement.rule
            if statement.message in own_words:
                reasons[words] = None
            elif rule is None or (rule.action in _TO_OTHERS and rule.who != "respondent"):
                points.append(words)
        title = desk.say("Who sees what")
        if len(kinds) > 1:
            title = f"{title}: {_kind_title(desk, task)}"
        seen.append(Points(title, tuple(points)))
    all_of_it = Paragraph(desk.say("Before the first question you read all of it."))
    why = (Points(desk.say("Why your organisation asks"), tuple(reasons)),) if reasons else ()
    return (*seen, all_of_it, *why)


def _content(desk: Desk, subject: str, parts: tuple[Part, ...]) -> Content:
    return desk.content(
        subject,
        parts,
        desk.say(
            "You get this letter because %(organisation)s has your name on its list. Did you not expect "
            "it, or is something wrong? Ask whoever leads you, or whoever runs the questionnaires where "
            "you work.",
            organisation=desk.organisation,
        ),
        desk.say("Has the link stopped working? Get a new one at %(address)s", address=desk.page("sign-in")),
    )


def _title(desk: Desk, task: Task) -> str:
    """What a task is about, in the words of its questionnaire."""
    texts = _texts(desk, task.definition)
    wording = Wording(texts.language, task.organisation.customer, task.subject.first_name)
    title = one_line(wording.fill(texts.perspectives[task.key.perspective].title))
    if task.subject.id != task.respondent.id and task.subject.first_name not in title:
        return f"{title}: {one_line(task.subject.name)}"
    return title


def _kind_title(desk: Desk, task: Task) -> str:
    title = _texts(desk, task.definition).title
    return (
        title
        if task.key.perspective == "self"
        else f"{title} ({desk.say(_PERSPECTIVES[task.key.perspective])})"
    )


def _N(message: str) -> str:  # noqa: N802 (marks a text that is translated later)
    return message


_PERSPECTIVES: dict[PerspectiveId, str] = {
    "self": _N("about yourself"),
    "manager": _N("about somebody whom you lead"),
    "direct-report": _N("about your manager"),
}


def _texts(desk: Desk, definition: Definition) -> Texts:
    return definition.texts[language_for(definition, desk.language)]


def _minutes(task: Task) -> int:
    asked = sum(sheet.asked for sheet in task.sheets) or tasks.questions_of_area(task, 1)
    return tasks.minutes(task, asked)
