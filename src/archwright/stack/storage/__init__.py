"""Storage: buckets and objects over HTTP, as Supabase Storage answers."""

from archwright.stack.storage.endpoints import routes, running

__all__ = ["routes", "running"]
