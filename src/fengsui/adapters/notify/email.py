"""E-mail by SMTP, each step with the time limit, and the one moment known in which a letter may be doubled:
after its text was given and before the server said yes."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from fengsui.application.notify_ports import ChannelSetting, Letter, Receipt
from fengsui.core.errors import AnswerLost, InputError, Permanent, Retryable

SECONDS = 10.0


class EmailGateway:
    """One SMTP server; ``security`` is ``none``, ``starttls`` or ``tls``."""

    def __init__(self, setting: ChannelSetting) -> None:
        self._settings = setting.settings
        self._password = setting.secrets.get("password", "")
        self._seconds = float(self._settings.get("seconds") or SECONDS)

    def send(self, letter: Letter) -> Receipt:
        """Hand the letter to the server. Raises Permanent, AnswerLost, Retryable."""
        server = self._connect()
        try:
            self._sign_in(server)
            self._address(server, letter)
            try:
                code, _said = server.data(_message(letter, self._settings["sender"]))
            except smtplib.SMTPDataError as problem:
                raise _refused(problem.smtp_code) from None
            except (OSError, smtplib.SMTPException):
                raise AnswerLost("gateway_answer_lost", why="broken") from None
            if code != 250:
                raise _refused(code)
            return Receipt()
        finally:
            # Taken is taken: how the server says goodbye changes nothing.
            server.close()

    def ask(self, ref: str) -> bool | None:
        """Mail does not say whether it arrived."""
        return None

    def _connect(self) -> smtplib.SMTP:
        host, port = self._settings["host"], self._settings.get("port") or "25"
        if not port.isdigit():
            raise InputError("channel_port_wrong")
        security = self._settings.get("security", "none")
        try:
            if security == "tls":
                context = ssl.create_default_context()
                return smtplib.SMTP_SSL(host, int(port), timeout=self._seconds, context=context)
            server = smtplib.SMTP(host, int(port), timeout=self._seconds)
            if security == "starttls":
                server.starttls(context=ssl.create_default_context())
            return server
        except (OSError, smtplib.SMTPException):
            raise Retryable("gateway_unreachable", why="refused") from None

    def _sign_in(self, server: smtplib.SMTP) -> None:
        try:
            server.ehlo_or_helo_if_needed()
            if self._settings.get("user"):
                server.login(self._settings["user"], self._password)
        except smtplib.SMTPAuthenticationError:
            raise Retryable("gateway_denied") from None
        except (OSError, smtplib.SMTPException):
            raise Retryable("gateway_unreachable", why="broken") from None

    def _address(self, server: smtplib.SMTP, letter: Letter) -> None:
        try:
            for code, _said in (server.mail(self._settings["sender"]), server.rcpt(letter.to)):
                if code not in (250, 251):
                    raise _refused(code)
        except (OSError, smtplib.SMTPException):
            raise Retryable("gateway_unreachable", why="broken") from None


def _refused(code: int) -> Retryable | Permanent:
    """4xx: later; 5xx: never, as SMTP says."""
    return Permanent("address_refused") if code >= 500 else Retryable("gateway_error", status=code)


def _message(letter: Letter, sender: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject.replace("\n", " ")
    message["Date"] = format_datetime(letter.now)
    # The same letter sent twice carries the same id: most programs show it once.
    message["Message-ID"] = f"<{letter.letter_id}@fengsui.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="base64")
    return message.as_bytes()
