"""Letters: what they say, what they are called, and what must never stand anywhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifier.domain.letter import Item, letter, message_id
from services.notifier.domain.texts import Text
from services.notifier.mail_server import ServerAway, answer, connected, scrubbed, written
from services.notifier.mail_settings import ADDRESS, MailSettings, mail_is_set
from services.notifier.outgoing import LONGEST_BACKOFF, backoff
from sevenx.kernel.errors import SettingsError
from sevenx.local.processes import free_port

NAME = Text("月报待审核", "Reports to be reviewed")
ENV = {"SEVENX_SMTP": "smtp://127.0.0.1:2525", "SEVENX_SMTP_FROM": "SevenX <no-reply@example.org>"}


def item(number: int) -> Item:
    return Item(f"410804-M-{number:032x}", f"题{number}", f"title {number}", "文", "body", f"/reports/{number}")


def settings(**changed: str) -> MailSettings:
    found = MailSettings.from_env({**ENV, **changed})
    assert found is not None
    return found


def test_one_notice_is_a_letter_in_both_languages_chinese_first() -> None:
    one = letter([item(1)], NAME, "https://sevenx.example.org", "example.org")
    assert one.subject == "题1 / title 1"
    assert one.text.splitlines() == ["题1", "文", "title 1", "body", "https://sevenx.example.org/reports/1"]


def test_several_of_a_kind_are_one_letter_that_holds_them_all() -> None:
    several = letter([item(2), item(1), item(3)], NAME, "", "example.org")
    assert several.subject == "月报待审核（3条）/ Reports to be reviewed (3)"
    assert [line for line in several.text.splitlines() if line.startswith("/")] == [f"/reports/{n}" for n in (1, 2, 3)]
    assert several.streams == tuple(item(n).stream for n in (1, 2, 3))


@given(st.sets(st.integers(0, 9), min_size=1), st.sets(st.integers(0, 9), min_size=1), st.randoms())
def test_a_letter_has_its_name_from_what_it_holds_alone(one: set[int], other: set[int], chance: Random) -> None:
    """Sent again after a crash it is recognised, and no server can take it for one that holds something else."""
    streams = [item(n).stream for n in sorted(one)]
    shuffled = streams[:]
    chance.shuffle(shuffled)
    assert message_id(streams, "example.org") == message_id(shuffled, "example.org")
    theirs = message_id([item(n).stream for n in other], "example.org")
    assert (message_id(streams, "example.org") == theirs) is (one == other)


def test_the_mail_itself() -> None:
    mail = written(letter([item(1)], NAME, "", "example.org"), settings().sender, "a@example.org")
    assert mail["Message-ID"] == message_id([item(1).stream], "example.org")
    assert (mail["To"], mail["Auto-Submitted"]) == ("a@example.org", "auto-generated")
    assert mail["Date"].datetime.utcoffset() is not None
    assert "题1" in str(mail.get_content())
    assert mail.as_bytes().isascii()


def test_a_title_cannot_add_a_header() -> None:
    bad = replace(item(1), title_zh="题\r\nBcc: x@example.org")
    mail = written(letter([bad], NAME, "", "example.org"), settings().sender, "a@example.org")
    assert mail["Bcc"] is None


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (b"<a.b+c@example.org>: Recipient address rejected", "550 <(address)>: Recipient address rejected"),
        (b"5.1.1 a@b.example.org unknown\r\nsee x@y.z", "550 5.1.1 (address) unknown see (address)"),
        ("邮箱 zhang@example.org 不存在", "550 邮箱 (address) 不存在"),
        ("'o'brien@example.org' is full", "550 (address) is full"),
    ],
)
def test_what_a_server_says_is_kept_without_any_address(said: bytes | str, left: str) -> None:
    assert answer(550, said) == left


@given(st.emails())
def test_no_address_gets_through(address: str) -> None:
    assert address not in scrubbed(f"RCPT TO:<{address}> failed for {address}")


def test_without_a_server_there_is_no_email() -> None:
    assert MailSettings.from_env({}) is None
    assert not mail_is_set({})
    assert mail_is_set(ENV)


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"SEVENX_SMTP": "127.0.0.1:25"}, "SEVENX_SMTP is"),
        ({"SEVENX_SMTP": "http://x"}, "SEVENX_SMTP is"),
        ({"SEVENX_SMTP_FROM": ""}, "SEVENX_SMTP_FROM is not set"),
        ({"SEVENX_SMTP_FROM": "nobody"}, "SEVENX_SMTP_FROM"),
        ({"SEVENX_SMTP_USER": "u"}, "encrypted"),
        ({"SEVENX_SMTP_ATTEMPTS": "0"}, "SEVENX_SMTP_ATTEMPTS"),
    ],
)
def test_a_wrong_setting_is_named(changed: dict[str, str], names: str) -> None:
    with pytest.raises(SettingsError, match=names):
        settings(**changed)


def test_secrets_come_from_files_and_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("geheim\n", "utf-8")
    found = settings(
        SEVENX_SMTP="smtp+starttls://mail.example.org",
        SEVENX_SMTP_USER="sevenx",
        SEVENX_SMTP_PASSWORD_FILE=str(tmp_path / "password"),
    )
    assert (found.port, found.password, found.domain) == (587, "geheim", "example.org")
    assert "geheim" not in repr(found)


def test_a_server_that_is_not_there_is_away() -> None:
    nowhere = settings(SEVENX_SMTP=f"smtp://127.0.0.1:{free_port()}")
    with pytest.raises(ServerAway, match="ConnectionRefusedError"), connected(nowhere):
        raise AssertionError("there is no server")


def test_pauses_double_and_stay_bounded() -> None:
    assert [backoff(n, 60) for n in (1, 2, 3)] == [60, 120, 240]
    assert backoff(60, 60) == LONGEST_BACKOFF


@pytest.mark.parametrize("address", ["a@example.org", "zhang.san+x@mail.gov.cn"])
def test_an_address(address: str) -> None:
    assert ADDRESS.match(address)


@pytest.mark.parametrize("wrong", ["", "a", "a@b", "a b@example.org", "a@example.org\nBcc: b@c.org", "张@example.org"])
def test_no_address(wrong: str) -> None:
    assert not ADDRESS.fullmatch(wrong)
