"""A real mail server on this machine, for as long as a test takes; it can refuse, fall silent and hang up."""

import email
import email.policy
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Postbox:
    """What arrived, and how the server is to behave. `at_rcpt`, `at_data` are answers instead of "250"; `hang_up_at` a moment."""

    def __init__(self):
        self.arrived, self.at_rcpt, self.at_data, self.hang_up = [], "", "", False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.at_rcpt:
            return self.at_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.at_data:
            return self.at_data
        self.arrived.append(envelope)
        if self.hang_up:  # it has the message, and nobody is ever told
            server.transport.abort()
        return "250 OK"

    @property
    def messages(self):
        return [email.message_from_bytes(e.original_content, policy=email.policy.default) for e in self.arrived]


class _Server(Controller):
    def factory(self):
        return SMTP(self.handler, data_size_limit=1_000_000, enable_SMTPUTF8=False)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def postbox():
    """A Postbox that listens; its `port` is where."""
    box = Postbox()
    box.port = free_port()
    server = _Server(box, hostname="127.0.0.1", port=box.port)
    server.start()
    try:
        yield box
    finally:
        server.stop()
