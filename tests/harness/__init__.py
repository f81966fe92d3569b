"""What runs JavaScript against the stack's own gateway, as the people of a database."""

from .backend import Harness, settings_for
from .runner import NodeRun, link_modules, run_node, run_vitest

__all__ = ["Harness", "NodeRun", "link_modules", "run_node", "run_vitest", "settings_for"]
