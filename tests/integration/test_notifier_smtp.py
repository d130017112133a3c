"""The line from notifier to a mail server: encryption, login, and answers to single letters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.notifier.domain.letter import Item, letter
from services.notifier.domain.texts import Text
from services.notifier.mail_server import LetterRefused, ServerAway, connected
from services.notifier.mail_settings import MailSettings
from sevenx.local.processes import free_port
from tests.integration.mailbox import HEAD, LEADER, Mailbox, environment, serving

LETTER = letter([Item("410804-M-0", "题", "title", "文", "body", "/")], Text("通知", "Notices"), "", "example.org")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[SSLContext, Path]:
    """A server's TLS context for 127.0.0.1, and the certificate that signs it."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example.org")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    return context, folder / "ca.pem"


def login(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"sevenx", b"geheim"), handled=False)


def line(port: int, scheme: str, ca: Path, **more: str) -> MailSettings:
    env = {
        "SEVENX_SMTP": f"{scheme}://127.0.0.1:{port}",
        "SEVENX_SMTP_USER": "sevenx",
        "SEVENX_SMTP_PASSWORD": "geheim",
        "SEVENX_SMTP_CA": str(ca),
    }
    found = MailSettings.from_env(environment(port, **{**env, **more}))
    assert found is not None
    return found


def test_starttls_and_a_login(authority: tuple[SSLContext, Path]) -> None:
    context, ca = authority
    mailbox, port = Mailbox(), free_port()
    options = {"tls_context": context, "require_starttls": True, "authenticator": login, "auth_required": True}
    with serving(mailbox, port, **options):
        with connected(line(port, "smtp+starttls", ca)) as connection:
            connection.send(LETTER, LEADER)
        assert [one["Message-ID"] for one in mailbox.letters] == [LETTER.message_id]
        wrong = line(port, "smtp+starttls", ca, SEVENX_SMTP_PASSWORD="wrong")
        with pytest.raises(ServerAway, match="535"), connected(wrong):
            raise AssertionError("logged in with a wrong password")


def test_implicit_tls_and_an_authority_that_is_not_ours(authority: tuple[SSLContext, Path], tmp_path: Path) -> None:
    context, ca = authority
    mailbox, port = Mailbox(), free_port()
    with serving(mailbox, port, ssl_context=context, authenticator=login, auth_require_tls=False):
        with connected(line(port, "smtps", ca)) as connection:
            connection.send(LETTER, LEADER)
            connection.send(LETTER, HEAD)
        assert len(mailbox.letters) == 2
        unknown = line(port, "smtps", ca, SEVENX_SMTP_CA="")
        with pytest.raises(ServerAway, match="CERTIFICATE_VERIFY_FAILED"), connected(unknown):
            raise AssertionError("trusted an unknown authority")


def test_one_letter_that_is_refused_keeps_the_line_open_for_the_next(authority: tuple[SSLContext, Path]) -> None:
    mailbox, port = Mailbox(refuse={HEAD: ["554 no"]}), free_port()
    with serving(mailbox, port):
        settings = line(port, "smtp", authority[1], SEVENX_SMTP_USER="", SEVENX_SMTP_CA="")
        with connected(settings) as connection:
            with pytest.raises(LetterRefused, match="554 no") as refusal:
                connection.send(LETTER, HEAD)
            assert refusal.value.permanent
            connection.send(LETTER, LEADER)
    assert len(mailbox.letters) == 1
