"""A narrow, honest stand-in for a Supabase project, for tests only."""

from archwright.stack.mailbox import Letter

from .runner import NodeRun, link_modules, run_node, run_vitest
from .server import Harness

__all__ = ["Harness", "Letter", "NodeRun", "link_modules", "run_node", "run_vitest"]
