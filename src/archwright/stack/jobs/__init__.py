"""Jobs: what ``cron.schedule`` asks for is run, by a clock that specs can turn."""

from archwright.stack.jobs.endpoints import routes, running

__all__ = ["routes", "running"]
