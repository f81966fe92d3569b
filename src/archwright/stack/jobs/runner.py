"""Runs due jobs, each in a connection of its own, and writes down how they ended."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg
from psycopg import sql

from archwright.stack.jobs.schedule import due
from archwright.stack.stack import Stack

_LOG = logging.getLogger(__name__)
_TICK = 1.0
_AT_ONCE = 4
_KEPT_RUNS = 10_000
_REBOOT = "@reboot"
_JOBS = (
    b"select jobid, schedule, command, username, database from cron.job where active order by jobid"
)
_BEGUN = (
    b"insert into cron.job_run_details"
    b" (jobid, job_pid, database, username, command, status, start_time)"
    b" values (%s, %s, %s, %s, %s, 'running', clock_timestamp()) returning runid"
)
_ENDED = (
    b"update cron.job_run_details"
    b" set status = %s, return_message = %s, end_time = clock_timestamp() where runid = %s"
)
_LEFT = (
    b"update cron.job_run_details set status = 'failed', return_message = 'the stack ended',"
    b" end_time = clock_timestamp() where status = 'running'"
)
_TRIM = b"delete from cron.job_run_details where runid <= %s"


@dataclass(frozen=True, slots=True)
class Job:
    """A row of ``cron.job``."""

    id: int
    schedule: str
    command: str
    username: str
    database: str


class Runner:
    """Looks at the schedules each second; one job never runs twice at once."""

    def __init__(self, stack: Stack) -> None:
        """Take the stack; ``serve`` starts."""
        self._stack = stack
        self._seen = stack.clock.now()
        self._looked: dict[int, tuple[str, datetime]] = {}
        self._running: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._lock = asyncio.Lock()
        self._first = True

    async def serve(self) -> None:
        """Look and run, for ever; a database that is away for a while is waited for."""
        with suppress(psycopg.Error):
            async with self._stack.pools.service() as connection:
                await connection.execute(_LEFT)
        while True:
            with suppress(psycopg.Error):
                await self.look()
            await asyncio.sleep(_TICK)

    async def look(self) -> list[int]:
        """Start what is due now; return the ids of the jobs that were."""
        async with self._lock:
            return await self._look()

    async def turn(self, ahead: timedelta) -> list[int]:
        """Turn the clock and start what that makes due, before anybody else looks."""
        async with self._lock:
            await self._look()
            self._stack.clock.turn(ahead)
            return await self._look()

    async def settled(self) -> None:
        """Wait until nothing runs."""
        while self._running:
            await asyncio.wait(list(self._running.values()))

    async def close(self) -> None:
        """Cancel what runs."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _look(self) -> list[int]:
        now = self._stack.clock.now()
        jobs = await self._jobs()
        started = [job for job in jobs if self._is_due(job, now)]
        known = {job.id for job in jobs}
        self._looked = {key: text for key, text in self._looked.items() if key in known}
        self._seen, self._first = now, False
        for job in started:
            self._start(job)
        return [job.id for job in started]

    def _is_due(self, job: Job, now: datetime) -> bool:
        if job.schedule.strip().lower() == _REBOOT:
            return self._first
        schedule, last = self._looked.get(job.id, (job.schedule, self._seen))
        if schedule != job.schedule or last > now:
            # changed, or the clock was turned back: counted from here
            last = self._seen if self._seen <= now else now
        if not due(job.schedule, last, now):
            # fields are looked at once for each span, seconds count from the last run
            self._looked[job.id] = (job.schedule, last)
            return False
        self._looked[job.id] = (job.schedule, now)
        return True

    async def _jobs(self) -> list[Job]:
        async with self._stack.pools.service() as connection:
            rows = await (await connection.execute(_JOBS)).fetchall()
        return [Job(*row) for row in rows]

    def _start(self, job: Job) -> None:
        if job.id in self._running:
            # runs as soon as the one before has ended
            self._again.add(job.id)
            return
        task = asyncio.create_task(self._turns(job))
        self._running[job.id] = task
        task.add_done_callback(lambda _: self._running.pop(job.id, None))

    async def _turns(self, job: Job) -> None:
        while True:
            self._again.discard(job.id)
            async with self._slots:
                try:
                    await self._run(job)
                except psycopg.Error as error:
                    _LOG.warning("job %d could not be run: %s", job.id, error)
            if job.id not in self._again:
                return

    async def _run(self, job: Job) -> None:
        url = self._stack.settings.service_url
        connection = await psycopg.AsyncConnection.connect(
            url, autocommit=True, application_name="archwright-jobs"
        )
        async with connection:
            pid = connection.info.backend_pid
            values = (job.id, pid, job.database, job.username, job.command)
            async with self._stack.pools.service() as service:
                row = await (await service.execute(_BEGUN, values)).fetchone()
            run = int(row[0]) if row else 0
            status, said = await self._command(connection, job)
            async with self._stack.pools.service() as service:
                await service.execute(_ENDED, (status, said[:2000], run))
                if run % 100 == 0:
                    await service.execute(_TRIM, (run - _KEPT_RUNS,))

    async def _command(
        self, connection: psycopg.AsyncConnection[tuple[object, ...]], job: Job
    ) -> tuple[str, str]:
        try:
            become = sql.SQL("set session authorization {}").format(sql.Identifier(job.username))
            await connection.execute(become)
            cursor = await connection.execute(job.command.encode())
            return "succeeded", cursor.statusmessage or ""
        except psycopg.Error as error:
            return "failed", f"ERROR: {error.diag.message_primary or error}"
        except asyncio.CancelledError:
            connection.cancel()
            raise
