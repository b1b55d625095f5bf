"""What may be done to the sheets and profiles of one respondent, and what is said about it."""

from __future__ import annotations

from assess.rights.rules import PERSPECTIVES, Refusal, Rule
from assess.rights.things import Privacy
from questionnaires.definition import PerspectiveId

_SELF: frozenset[PerspectiveId] = frozenset({"self"})
_MANAGER: frozenset[PerspectiveId] = frozenset({"manager"})
_PERSONAL: frozenset[Privacy] = frozenset({"personal"})
_DIRECT_REPORT: frozenset[PerspectiveId] = frozenset({"direct-report"})
_CONFIDENTIAL: frozenset[Privacy] = frozenset({"confidential"})
_ANY: frozenset[Privacy] = _PERSONAL | _CONFIDENTIAL

SHEET_TABLE: tuple[Rule | Refusal, ...] = (
    Refusal(
        "subject",
        _DIRECT_REPORT,
        _CONFIDENTIAL,
        {
            "direct-report": (
                "Your answers are confidential: your manager never sees them.",
                "Nobody is told that you have answered. At present no result about your manager is made "
                "from the answers.",
                "Your answers are stored with your name, so that you can carry on later. That is why we "
                "call them confidential, not anonymous.",
            )
        },
    ),
    Rule("answer", "respondent", PERSPECTIVES, _ANY, ("takes answers",)),
    Rule("submit", "respondent", PERSPECTIVES, _ANY, ("takes answers",)),
    Rule(
        "read",
        "respondent",
        PERSPECTIVES,
        _ANY,
        statements={
            "self": "You see your own answers at any time.",
            "manager": "You see your own answers at any time.",
            "direct-report": "You see your own answers at any time.",
        },
    ),
    Rule(
        "see-profile",
        "respondent",
        PERSPECTIVES,
        _PERSONAL,
        statements={
            "self": "You see your own profile as soon as you have submitted.",
            "manager": "You see the result of your own rating as soon as you have submitted.",
        },
    ),
    Refusal(
        "manager",
        _SELF,
        _PERSONAL,
        {"self": ("Nobody but you sees your result, unless you choose to share it with a coach.",)},
    ),
    Rule(
        "see-match",
        "respondent",
        _SELF,
        _PERSONAL,
        ("of styles",),
        {
            "self": "Your result can be shown beside your own ratings of the people you lead and what they "
            "have shared with you. Only you see this. When you look at a shared profile, that is noted, and "
            "the person can see it.",
        },
    ),
    Rule(
        "see-profile",
        "manager",
        _SELF,
        _PERSONAL,
        ("both finished", "shared", "leads still"),
        {
            "self": "Your manager sees your profile and the answers behind it only if you choose to share "
            "it, and only when both of you have submitted. You can change your choice at any time. A "
            "manager who no longer leads you sees nothing of it any more. Your manager cannot tell whether "
            "you said no, have not answered, or have not decided yet.",
            "manager": "You see the person’s own profile only if the person shares it with you, only when "
            "both of you have submitted, and only as long as you lead the person.",
        },
    ),
    Rule(
        "see-profile",
        "subject",
        _MANAGER,
        _PERSONAL,
        ("both finished",),
        {
            "self": "If your manager answers about you, you see that rating and the answers behind it when "
            "both of you have submitted, never before.",
            "manager": "The person sees your rating and the answers behind it when both of you have "
            "submitted, never before.",
        },
    ),
    Rule(
        "see-profile",
        "coach",
        _SELF,
        _PERSONAL,
        ("shared",),
        {
            "self": "A coach in your organisation sees your profile and the answers behind it only if you "
            "choose to share it with that coach. You can change your choice at any time."
        },
    ),
    Rule(
        "see-profile",
        "coach",
        _MANAGER,
        _PERSONAL,
        ("both finished", "shared"),
        {
            "self": "A coach with whom you share also sees your manager’s rating of you and the answers "
            "behind it, when both of you have submitted.",
            "manager": "A coach with whom the person shares also sees your rating and the answers behind it, "
            "when both of you have submitted.",
        },
    ),
    Rule("see-match", "respondent", _MANAGER, _PERSONAL, ("of levels",)),
    Rule(
        "see-match",
        "manager",
        _SELF,
        _PERSONAL,
        ("of levels", "both finished", "shared", "leads still"),
        {
            "self": "If your manager has also answered about leadership style, the manager sees how it meets "
            "what you need: always by the manager’s own rating, and by your profile and wishes only if you "
            "share. Only your manager sees this.",
            "manager": "If you have also answered about your own leadership style, you see how it meets what "
            "the person needs: always by your own rating, and by the person’s profile and wishes only if "
            "the person shares them. Only you see this. When you look at a shared profile, that is noted, "
            "and the person can see it.",
        },
    ),
    Refusal(
        "subject",
        _DIRECT_REPORT,
        _CONFIDENTIAL,
        {
            "self": (
                "The answers that the people you lead give about you are confidential: you never see any "
                "one person’s answers, and nobody is told who has answered. At present no result about you "
                "is made from them.",
            )
        },
    ),
    Rule("share", "respondent", _SELF, _PERSONAL),
    Rule(
        "export",
        "respondent",
        PERSPECTIVES,
        _ANY,
        statements={
            "self": "You can download everything that you have answered here.",
            "manager": "You can download everything that you have answered here.",
            "direct-report": "You can download everything that you have answered here.",
        },
    ),
    Rule(
        "export",
        "subject",
        _MANAGER,
        _PERSONAL,
        ("cannot be influenced",),
        {
            "self": "What your manager has submitted about you is part of your download when both of you "
            "have submitted, or when the wave has closed.",
            "manager": "What you submit about the person is part of the person’s download when both of you "
            "have submitted, or when the wave has closed.",
        },
    ),
)
