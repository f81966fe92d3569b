"""The auth service: GoTrue's protocol over the schema ``auth``."""

from archwright.stack.auth.service import routes

__all__ = ["routes"]
