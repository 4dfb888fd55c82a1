"""What Slack hands out only for a while or only so often: posts, trigger ids, response URLs."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from tests.servers.slack.records import Refused

Clock = Callable[[], float]
"""Unix seconds."""

TRIGGER_LIFE = 3.0
RESPONSE_URL_LIFE = 30 * 60.0
RESPONSE_URL_USES = 5


class PostBudget:
    """About one message a second in each channel, and a burst of `burst` (a token bucket per channel)."""

    def __init__(self, *, burst: int, clock: Clock) -> None:
        self._burst = float(burst)
        self._clock = clock
        self._left: dict[str, float] = {}
        self._asked_at: dict[str, float] = {}

    def take(self, channel: str) -> float:
        """0 if a message may be posted now, else the seconds until the next one may."""
        now = self._clock()
        regained = max(0.0, now - self._asked_at.get(channel, now))
        left = min(self._burst, self._left.get(channel, self._burst) + regained)
        self._asked_at[channel] = now
        self._left[channel] = left - 1 if left >= 1 else left
        return 0.0 if left >= 1 else 1 - left


@dataclass(slots=True, kw_only=True)
class _Trigger:
    person: str
    issued_at: float
    used: bool = False


class Triggers:
    """Trigger ids: each opens one modal within three seconds."""

    def __init__(self, *, clock: Clock, team: str) -> None:
        self._clock = clock
        self._team = team.lower()
        self._issued: dict[str, _Trigger] = {}
        self._numbers = itertools.count(1)

    def issue(self, person: str) -> str:
        """A new trigger id for something this person did."""
        name = f"{next(self._numbers)}.{self._team}.{person.lower()}"
        self._issued[name] = _Trigger(person=person, issued_at=self._clock())
        return name

    def redeem(self, name: str) -> str:
        """The person whose act it was; Refused if the id is unknown, too old or used."""
        trigger = self._issued.get(name)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._clock() - trigger.issued_at > TRIGGER_LIFE:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger.person


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTo:
    """Where a response URL leads: a channel, the person who acted and the message they tapped, if one."""

    channel: str
    person: str
    ts: str | None = None


@dataclass(slots=True, kw_only=True)
class _ResponseUrl:
    reply_to: ReplyTo
    issued_at: float
    uses: int = 0


class ResponseUrls:
    """Response URLs: each takes five replies within thirty minutes."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, _ResponseUrl] = {}
        self._numbers = itertools.count(1)

    def issue(self, reply_to: ReplyTo) -> str:
        """The last part of a new response URL."""
        name = f"r{next(self._numbers)}"
        self._issued[name] = _ResponseUrl(reply_to=reply_to, issued_at=self._clock())
        return name

    def use(self, name: str) -> ReplyTo:
        """Where this reply goes; Refused if the URL is unknown, too old or used up."""
        url = self._issued.get(name)
        if url is None:
            raise Refused("no_active_hooks")
        if self._clock() - url.issued_at > RESPONSE_URL_LIFE:
            raise Refused("expired_url")
        if url.uses == RESPONSE_URL_USES:
            raise Refused("used_url")
        url.uses += 1
        return url.reply_to
