"""How often somebody may ask: counters per address in windows of time."""

from __future__ import annotations

from archwright.stack.auth.faults import AuthFault
from archwright.stack.clock import Clock
from archwright.stack.settings import Rates

_FIVE_MINUTES, _HOUR = 300, 3600
_MOST_COUNTERS = 10_000

_CODES = {
    "letters": ("over_email_send_rate_limit", "email rate limit exceeded"),
    "texts": ("over_sms_send_rate_limit", "SMS rate limit exceeded"),
}
_WINDOWS = {"anonymous": _HOUR, "letters": _HOUR, "texts": _HOUR}


class Meters:
    """Counts requests by kind (a field of ``Rates``) and address; bounded in memory."""

    def __init__(self, rates: Rates, clock: Clock) -> None:
        """Start with nothing counted."""
        self._rates = rates
        self._clock = clock
        self._seen: dict[tuple[str, str, int], int] = {}

    def count(self, kind: str, who: str) -> None:
        """Count one request; raises ``AuthFault`` 429 when there were too many."""
        most = getattr(self._rates, kind)
        if most is None:
            return
        window = self._clock.seconds() // _WINDOWS.get(kind, _FIVE_MINUTES)
        key = (kind, who, window)
        if key not in self._seen and len(self._seen) >= _MOST_COUNTERS:
            self._seen.clear()
        seen = self._seen[key] = self._seen.get(key, 0) + 1
        if seen > most:
            words = ("over_request_rate_limit", "Request rate limit reached")
            raise AuthFault(429, *_CODES.get(kind, words))
