"""gunicorn around the application: processes with threads, our log lines instead of its access log."""

from __future__ import annotations

import gc
import logging
from typing import Any

import gunicorn.app.base  # type: ignore[import-untyped]
import gunicorn.glogging  # type: ignore[import-untyped]
from flask import Flask

import assess.one_thread  # noqa: F401 (before NumPy)
from assess.settings import Settings
from assess.web.app import create_app
from assess.web.fonts import prepare as prepare_fonts
from assess.web.logging import fields, to_standard_error
from assess.web.secret import secret_key
from questionnaires import library

_LOG = logging.getLogger("assess.web")

_REFUSED = "Invalid request"
_PATIENCE = 60
"""Seconds after which a worker that does nothing is replaced; also the longest wait when stopping."""


class Log(gunicorn.glogging.Logger):  # type: ignore[misc]
    """gunicorn's messages as lines of our log, without what came over the wire: addresses hold tokens."""

    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        self.error_log.handlers = []
        self.error_log.propagate = True

    def warning(self, msg: str, *args: object, **kwargs: Any) -> None:
        if msg.startswith(_REFUSED):
            msg, args = _REFUSED, ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: object, *_quoting: object, **kwargs: Any) -> None:
        super().exception(str(msg).partition("%")[0].strip(), **kwargs)


class Server(gunicorn.app.base.BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings instead of a file of its own."""

    def __init__(self, settings: Settings, options: dict[str, object]) -> None:
        self._settings = settings
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called in each worker process after the fork: database connections never cross one."""
        to_standard_error(self._settings.log_level)
        app = create_app(self._settings, threads=self.cfg.threads)
        gc.freeze()  # what stays for good is not walked through in the middle of a page
        return app


def run(settings: Settings, host: str, port: int, workers: int, threads: int) -> None:
    """Serves until stopped. Behind a proxy that ends TLS, only `settings.base_url` says that it is https."""
    to_standard_error(settings.log_level)
    report_broken_questionnaires(settings)
    secret_key(settings.data)
    prepare_fonts(settings.data)
    options: dict[str, object] = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "timeout": _PATIENCE,
        "graceful_timeout": 20,
        "keepalive": 15,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        "logger_class": Log,
        "forwarded_allow_ips": "",
        "limit_request_line": 2048,
        "proc_name": "assess",
    }
    Server(settings, options).run()


def report_broken_questionnaires(settings: Settings) -> None:
    """Logs every folder of a questionnaire or question bank that cannot be used, with all its problems; the
    pages do without it."""
    for what, broken in (
        ("questionnaire left out", library.load_all(settings.questionnaires).broken),
        ("question bank left out", library.question_banks(settings.questionnaires).broken),
    ):
        for folder, problems in broken.items():
            told = [str(problem) for problem in problems]
            _LOG.error(what, extra=fields(folder=str(folder), problems=told))
