"""A real SMTP server on loopback for the tests of notifier, and the environment that lets a service send to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from aiosmtpd.controller import Controller

from tests.integration.service_process import wait_until

PATIENCE = 40
LEADER, LIAISON, HEAD = ("leader@mail.example.org", "liaison@mail.example.org", "head@mail.example.org")


@dataclass
class Mailbox:
    """What a mail server has taken, and what it answers to addresses that it does not take."""

    letters: list[EmailMessage] = field(default_factory=list)
    refuse: dict[str, list[str]] = field(default_factory=dict)
    """Answers to an address, one for each try; the last one holds."""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        answers = self.refuse.get(address)
        if answers:
            return answers.pop(0) if len(answers) > 1 else answers[0]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.letters.append(BytesParser(policy=policy.default).parsebytes(envelope.content))
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [one for one in self.letters if one["To"] == address]

    def wait(self, address: str, count: int = 1) -> list[EmailMessage]:
        wait_until(lambda: len(self.to(address)) >= count, PATIENCE, lambda: f"{len(self.letters)} letters in all")
        return self.to(address)


@contextmanager
def serving(mailbox: Mailbox, port: int, **options: Any) -> Iterator[Controller]:
    """A mail server on loopback."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield controller
    finally:
        controller.stop()


def environment(port: int, **more: str) -> dict[str, str]:
    return {
        "SEVENX_SMTP": f"smtp://127.0.0.1:{port}",
        "SEVENX_SMTP_FROM": "SevenX <no-reply@example.org>",
        "SEVENX_SMTP_RETRY": "1",
        "SEVENX_SMTP_ATTEMPTS": "3",
        "SEVENX_ORIGIN": "https://sevenx.example.org",
        **more,
    }
