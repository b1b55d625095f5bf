"""The family of errors that a user may meet. One module (`assess/web/errors.py`) turns them into pages.

Each says what happened and what to do; none carries an answer, a token or a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from questionnaires.problem import Problem


class AssessError(Exception):
    """Base of the family. `advice` says what to do about it."""

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(f"{what} {advice}".strip())
        self.what = what
        self.advice = advice


class BadInput(AssessError):
    """A file, upload or form that is wrong. All problems at once, each with its place.

    `count` is how many there are, when `problems` holds only the first of them.
    """

    def __init__(self, problems: Sequence[Problem], count: int | None = None) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
        self.count = len(self.problems) if count is None else count


class SettingsError(AssessError):
    """A setting that cannot be used."""


class NotFound(AssessError):
    """It does not exist, or the asker may not know whether it does: the two are never told apart."""


class NotAllowed(AssessError):
    """Known to the asker, but this action on it is not the asker's."""


class StoreUnavailable(AssessError):
    """The database is locked, full or out of reach; the same request may succeed later."""


class StoreFull(StoreUnavailable):
    """There is no room left for what was to be stored; when somebody has made some, it may succeed."""


class TooManyTries(AssessError):
    """Too often in a short time. `wait`: seconds after which the next try counts again."""

    def __init__(self, wait: int) -> None:
        super().__init__("Too many tries in a short time.", "Wait and try again.")
        self.wait = wait
