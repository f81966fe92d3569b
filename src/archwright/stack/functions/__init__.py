"""Edge Functions: each in a process of its own, started when first asked for."""

from archwright.stack.functions.endpoints import routes, running

__all__ = ["routes", "running"]
