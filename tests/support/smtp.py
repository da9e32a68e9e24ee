"""A real SMTP server in this process that keeps what it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """Messages in the order they came; `refuse` makes the server turn the next ones away."""

    url: str = ""
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    refuse: str = ""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep one message, or refuse it with the set answer (such as "451 later")."""
        if self.refuse:
            return self.refuse
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients.append([str(address) for address in envelope.rcpt_tos])
        return "250 OK"


class AnyPort(Controller):
    """aiosmtpd's controller on a port the system picks."""

    def _trigger_server(self) -> None:
        """Learn the port, then let the controller make its trial connection to it."""
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A running SMTP server; `mailbox.url` for the settings, `mailbox.messages` what came."""
    box = Mailbox()
    controller = AnyPort(box, hostname="127.0.0.1", port=0, ident="mailbox", ready_timeout=60)
    controller.start()
    try:
        box.url = f"smtp://127.0.0.1:{controller.port}"
        yield box
    finally:
        controller.stop()
