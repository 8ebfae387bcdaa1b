import copy
import socket
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from academy.outbox import delivery, registry
from academy.outbox.domain import waking
from tests.outbox.probe.apps import register


@pytest.fixture(autouse=True)
def probe(settings, monkeypatch):
    """The kinds of work of the probe, for this process and this test; wake-up calls are collected."""
    before = [dict(kinds) for kinds in (registry.JOB_KINDS, registry.MAIL_KINDS, registry.SWEEPS)]
    register()
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
    monkeypatch.setattr(waking, "_quiet_until", 0.0)
    monkeypatch.setitem(delivery._rest, "until", 0.0)
    yield
    for kinds, old in zip((registry.JOB_KINDS, registry.MAIL_KINDS, registry.SWEEPS), before, strict=True):
        kinds.clear()
        kinds.update(old)


@pytest.fixture
def woken(monkeypatch):
    """The ids that went to the broker."""
    ids = []
    monkeypatch.setattr(waking.current_app, "send_task", lambda _name, args, **_options: ids.extend(args))
    return ids


class Handler:
    """A mail server that says what the test wants."""

    def __init__(self):
        self.mails, self.answer = [], "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 -- aiosmtpd's name
        if self.answer.startswith("rcpt "):
            return self.answer[5:]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- idem
        if self.answer.startswith("250"):
            self.mails.append(envelope)
        return self.answer


@pytest.fixture
def post(settings):
    """A real mail server on loopback."""
    handler = Handler()
    with socket.socket() as probe_socket:
        probe_socket.bind(("127.0.0.1", 0))
        port = probe_socket.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    handler.controller = controller
    yield handler
    if controller.loop.is_running():
        controller.stop()
