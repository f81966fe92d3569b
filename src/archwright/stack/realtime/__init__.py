"""Realtime: broadcast, presence and committed changes over WebSocket, as Supabase sends them."""

from archwright.stack.realtime.service import routes, running

__all__ = ["routes", "running"]
