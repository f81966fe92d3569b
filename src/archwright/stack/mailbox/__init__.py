"""The local mailbox: what would have been sent by mail, and a page to read it."""

from archwright.stack.mailbox.letters import Letter, Mailbox
from archwright.stack.mailbox.page import routes

__all__ = ["Letter", "Mailbox", "routes"]
