"""Wrong words behind a command: one line that says what is wrong, and status 2."""

import importlib
import os
import subprocess
import sys

import pytest

WRONG = [
    ("close", "2026-11-09", "evenhand close: unrecognized arguments: 2026-11-09"),
    ("export_stream", "me", "evenhand export-stream: argument borrower: invalid int value: 'me'"),
    ("rebuild", "all", "evenhand rebuild: unrecognized arguments: all"),
    ("statement", "7 --on soon", "argument --on: not a day such as 2026-11-09"),
    ("statement", "7 --known 2026-13-01", "argument --known: not a day such as 2026-11-09"),
    ("verify_stream", "me", "invalid int value: 'me'"),
    ("why", "7 --on soon", "argument --on: not a day such as 2026-11-09"),
    ("why", "7 --known-at soon", "not a moment such as 2026-05-02T08:00+08:00"),
    ("why", "7 --known-at 2026-05-02T08:00", "'2026-05-02T08:00' has no offset, such as +08:00"),
    ("worker", "--concurrency many", "evenhand worker: argument --concurrency: invalid int value"),
]
TELLS = [sys.executable, "-m", "evenhand", "law", "cn"]


@pytest.mark.parametrize(("module", "words", "said"), WRONG)
def test_one_line_says_what_is_wrong(
    module: str, words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        importlib.import_module(f"evenhand.site.commands.{module}").main(words.split())
    (line,) = capsys.readouterr().err.splitlines()
    assert (ended.value.code, said in line) == (2, True), line


def test_who_has_gone_hears_nothing_more() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as nobody:
        told = subprocess.run(TELLS, stdout=nobody, stderr=subprocess.PIPE, text=True)
    assert (told.stderr, told.returncode) == ("", 1)
