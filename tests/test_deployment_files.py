"""The files that the deployment guide has an operator copy: they work as they are."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from assess.settings import from_environment

FOLDER = Path(__file__).parents[1] / "docs" / "deployment"
SECRET = "a b$c;d<e"


def sourced(text: str, folder: Path) -> dict[str, str]:
    """What a shell makes of a settings file, as `as-assess` of the guide reads it."""
    file = folder / "assess.env"
    file.write_text(text)
    script = f"set -a; . {shlex.quote(str(file))}; set +a; exec env -0"
    done = subprocess.run(["sh", "-ec", script], env={}, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return dict(line.split("=", 1) for line in done.stdout.split("\0") if line)


def example() -> str:
    return (FOLDER / "assess.env").read_text()


def with_mail() -> str:
    """With the lines for mail, as they stand there for whoever has a server."""
    return re.sub(r"^# (ASSESS_SMTP|ASSESS_MAIL_FROM)", r"\1", example(), flags=re.MULTILINE)


def test_the_settings_are_usable_as_they_are(tmp_path: Path) -> None:
    settings = from_environment(sourced(example(), tmp_path))
    assert settings.is_https
    assert settings.proxies == 1
    assert settings.admin_passkey == "required"
    assert settings.smtp is None


def test_a_password_and_a_sender_in_quotes_arrive_whole(tmp_path: Path) -> None:
    text = re.sub(r"^(ASSESS_SMTP_PASSWORD=).*", rf"\1'{SECRET}'", with_mail(), flags=re.MULTILINE)
    settings = from_environment(sourced(text, tmp_path))
    assert settings.smtp_password == SECRET
    assert settings.mail_from == "Assess <assess@example.dk>"


@pytest.mark.parametrize("list_is_elsewhere", [False, True])
@pytest.mark.parametrize("somebody_was_erased", [False, True])
def test_the_back_up_takes_the_list_of_erasures_when_there_is_one(
    tmp_path: Path, somebody_was_erased: bool, list_is_elsewhere: bool
) -> None:
    (line,) = (
        one
        for one in (FOLDER / "assess-backup.service").read_text().splitlines()
        if one.startswith("ExecStart=") and "ASSESS_ERASURE_LIST" in one
    )
    command = line.removeprefix("ExecStart=").replace("$$", "$").replace("/var/backups/assess", str(tmp_path))
    data = tmp_path / "data"
    data.mkdir()
    erased = data / ("elsewhere" if list_is_elsewhere else "erasures.jsonl")
    environment = {"PATH": "/usr/bin:/bin", "ASSESS_DATA": str(data)}
    if list_is_elsewhere:
        environment["ASSESS_ERASURE_LIST"] = str(erased)
    if somebody_was_erased:
        erased.write_text("{}\n")
    subprocess.run(shlex.split(command), env=environment, check=True)
    copy = tmp_path / "erasures.jsonl"
    assert copy.exists() == somebody_was_erased
    if somebody_was_erased:
        assert copy.read_text() == "{}\n"
        assert copy.stat().st_mode & 0o077 == 0


def test_no_log_of_nginx_quotes_a_link() -> None:
    servers = (FOLDER / "nginx.conf").read_text().split("server {")[1:]
    assert len(servers) == 2, "http and https"
    for server in servers:
        assert "access_log off;" in server
        assert re.search(r"error_log \S+ crit;", server), "lines of lower levels quote the address"


def test_every_file_that_the_guide_copies_is_there() -> None:
    guide = (FOLDER.parent / "deployment.md").read_text()
    for name in re.findall(r"docs/deployment/([\w.*-]+)", guide):
        assert list(FOLDER.glob(name)), name
