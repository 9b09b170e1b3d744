"""The commands speak the shell's language, and ask for a new password twice."""

import argparse
import inspect
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from backoffice.cli import main
from backoffice.commands.argparse_words import CHINESE
from backoffice.commands.saying import language_of
from backoffice.office import Office
from backoffice.people import sign_in
from backoffice.wrong_passwords import Whence

PASSWORD = "correct horse battery"
COMMANDS = (
    "", "migrate", "serve", "enrol-code", "revoke", "import-sales", "import-prices", "send-policy",
    "send-recalls", "user", "pos-token", "take-parked", "erase-old", "restored", "check-chains",
)  # fmt: skip


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_shells_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


def test_help_is_chinese_in_a_chinese_shell() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "backoffice", "--help"],
        env=os.environ | {"LC_ALL": "zh_CN.UTF-8"}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "一次性注册码" in said
    assert "one-time" not in said


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "缺少参数：命令"),
        ("fly", "参数 命令：没有 'fly'，可选："),
        ("user li", "没有 'li'，可选："),
        ("import-sales", "缺少参数：文件"),
        ("import-sales a --keep-going=x", "参数 --keep-going：不应带值 'x'"),
        ("migrate --config", "无法识别的参数：--config"),
        ("--config", "参数 --config：缺少值"),
        ("take-parked --terminal", "参数 --terminal：缺少值"),
        *((f"{one} --help", "显示本说明并退出") for one in COMMANDS),
    ],
)
def test_argparse_speaks_chinese_in_a_chinese_shell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, told: str
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit):
        main(typed.split())
    said = "".join(capsys.readouterr())
    assert told in said
    assert "用法：returns-backoffice" in said
    bare = re.sub("returns-backoffice|backoffice.toml", "", said)
    assert not re.findall("[a-z]{2,} [a-z]{2,}|usage|error", bare), said


def test_argparses_sentences_are_those_of_the_table() -> None:
    """A new Python may say it otherwise; then the table must follow."""
    theirs = re.findall(r"""\b_\((['"])(.+?)\1\)""", inspect.getsource(argparse))
    assert {one.encode().decode("unicode_escape") for _, one in theirs} >= CHINESE.keys()
    for english, chinese in CHINESE.items():
        fields = [sorted(re.findall(r"%\S*?[srd]", one)) for one in (english, chinese)]
        assert fields[0] == fields[1]


FAULTS = """
[public]
url = "shop.example"
listen = 8080
proxies = "10.0.0.1"
[review]
above = -1
[retention]
hour = 24
sales_days = 1
[terminals]
listen = "here"
[pos]
token_sha256 = ["ab"]
[desk]
colour = "blue"
"""


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "：没有该设置文件，可从 config/backoffice.toml 开始，或用 --config 指定"),
        ("[shop\n", "：不是有效的 TOML，第 1 行第 6 列有误"),
        ("shop = [", "：不是有效的 TOML，文件末尾有误"),
        ('shop = "\udcff"', "：不是 UTF-8 文字"),
        ("shop = 1", "shop：须为一个表"),
        ("rails = 1", "rails：须为一个表"),
        (FAULTS, "desk.colour：没有这个设置"),
        (FAULTS, "public.listen：须为文字"),
        (FAULTS, "public.proxies：须为文字列表"),
        (FAULTS, "public.url：须以 https:// 开头、以 / 结尾"),
        (FAULTS, "pos.token_sha256：每个须为 pos-token 打印的 64 位十六进制数"),
        (FAULTS, "retention.hour：须为 0 至 23"),
        (FAULTS, "retention.sales_days：不得小于 personal_days"),
        (FAULTS, "review.above：须为整数，不小于 0"),
        (FAULTS, "terminals.listen：须为 主机:端口"),
    ],
)
def test_faults_of_the_settings_are_chinese_in_a_chinese_shell(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    content: str | None,
    told: str,
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    config = tmp_path / "backoffice.toml"
    if content is not None:
        config.write_text(content, "utf-8", "surrogateescape")
    assert main(["--config", str(config), "migrate"]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert not re.findall("[a-z]{2,} [a-z]{2,}", said), said


def test_so_is_what_the_system_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert main(["--config", str(tmp_path), "migrate"]) == 2
    assert capsys.readouterr().err == f"{tmp_path}：是目录，不是文件\n"


def typed(office: Office, folder: Path, *passwords: str) -> tuple[int, str]:
    """`user add li manager` at a terminal; its exit code and what it said."""
    config = folder / "backoffice.toml"
    config.write_text(f'state_dir = "{office.settings.state_dir}"\n')
    command = [sys.executable, "-m", "backoffice", "--config", str(config)]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*command, "user", "add", "li", "manager"],
        env=os.environ | {"DATABASE_URL": office.settings.database_url, "LC_ALL": "zh_CN.UTF-8"},
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    for at, one in enumerate(passwords, 1):
        while said.count("：".encode()) < at:
            said += os.read(ours, 1000)
        os.write(ours, f"{one}\n".encode())
    status = process.wait(60)
    said += os.read(ours, 10_000)
    os.close(ours)
    return status, said.decode()


def test_a_password_is_typed_twice_and_unseen(office: Office, tmp_path: Path) -> None:
    status, said = typed(office, tmp_path, PASSWORD, PASSWORD)
    assert (status, "已添加 li" in said, PASSWORD in said) == (0, True, False), said
    assert sign_in(office, "li", PASSWORD, Whence("192.0.2.1")) is not None


def test_two_passwords_that_differ_add_nobody(office: Office, tmp_path: Path) -> None:
    status, said = typed(office, tmp_path, PASSWORD, PASSWORD + "s")
    assert (status, "不一致" in said) == (1, True), said
    assert sign_in(office, "li", PASSWORD, Whence("192.0.2.1")) is None
