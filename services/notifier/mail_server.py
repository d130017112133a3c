"""The mail server: letters are handed to it one by one over one connection. Blocking; called in a thread."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from services.notifier.domain.letter import Letter
from services.notifier.mail_settings import MailSettings
from sevenx.kernel.clock import SHANGHAI, wall_now
from sevenx.kernel.errors import SevenXError

TIMEOUT = 20.0
"""Seconds for each answer of the server."""
_ANY_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
"""An apostrophe may stand in an address (o'brien@example.org): quotes around one go with it."""
_SERVICE_NOT_AVAILABLE = 421
"""RFC 5321, 4.2.3: the server is closing, whatever it was asked."""


class ServerAway(SevenXError):
    """The server cannot be reached or takes nothing from us at all: no letter is to blame. Free of addresses."""


class LetterRefused(SevenXError):
    """The server does not take this letter; `permanent` when no further try can mend that. Free of addresses."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason, self.permanent = reason, permanent


class Connection:
    """An open connection. After anything but a refusal it is closed and no longer of use."""

    def __init__(self, settings: MailSettings, smtp: smtplib.SMTP) -> None:
        self._settings, self._smtp = settings, smtp

    def send(self, letter: Letter, address: str) -> None:
        """Returns when the server has taken the letter. Raises LetterRefused, or ServerAway when it says goodbye."""
        message = written(letter, self._settings.sender, address)
        try:
            self._smtp.send_message(message, self._settings.sender.addr_spec, [address])
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(*next(iter(error.recipients.values()))) from None
        except smtplib.SMTPSenderRefused as error:
            raise ServerAway(f"our sender is refused: {answer(error.smtp_code, error.smtp_error)}") from None
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error) from None
        except (smtplib.SMTPException, OSError) as error:
            raise LetterRefused(f"the connection broke: {type(error).__name__}", permanent=False) from None


@contextmanager
def connected(settings: MailSettings) -> Iterator[Connection]:
    """A connection, encrypted and logged in as the settings say. Raises ServerAway."""
    try:
        smtp = _open(settings)
    except smtplib.SMTPResponseException as error:
        raise ServerAway(f"{type(error).__name__}: {answer(error.smtp_code, error.smtp_error)}") from None
    except (smtplib.SMTPException, OSError) as error:
        raise ServerAway(scrubbed(f"{type(error).__name__}: {error}")) from None
    try:
        yield Connection(settings, smtp)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _open(settings: MailSettings) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=settings.ca or None)
    if settings.security == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT, context=context)
    else:
        smtp = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT)
    try:
        if settings.security == "smtp+starttls":
            smtp.starttls(context=context)
        if settings.user:
            smtp.login(settings.user, settings.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def written(letter: Letter, sender: Address, address: str) -> EmailMessage:
    """The letter as a mail of RFC 5322; `Auto-Submitted` (RFC 3834) keeps automatic answers away."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(wall_now().astimezone(SHANGHAI))
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, charset="utf-8", cte="base64")
    return message


def _refused(code: int, said: bytes | str) -> SevenXError:
    if code == _SERVICE_NOT_AVAILABLE:
        return ServerAway(answer(code, said))
    return LetterRefused(answer(code, said), permanent=code >= 500)


def answer(code: int, said: bytes | str) -> str:
    """What a server answered, without any address in it."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return scrubbed(f"{code} {text}")


def scrubbed(text: str) -> str:
    """Without addresses and line breaks, of a bounded length."""
    return " ".join(_ANY_ADDRESS.sub("(address)", text).split())[:200]
