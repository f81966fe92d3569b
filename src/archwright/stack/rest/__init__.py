"""REST: tables, views and functions over HTTP, as PostgREST answers."""

from archwright.stack.rest.service import routes, running

__all__ = ["routes", "running"]
