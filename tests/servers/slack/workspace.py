"""The workspace that the local Slack keeps: people, conversations, views, and a journal of what happened."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import get_timezone_name

from tests.servers.slack.changes import Changes
from tests.servers.slack.elements import Json
from tests.servers.slack.limits import Clock, PostBudget, ReplyTo, ResponseUrls, Triggers
from tests.servers.slack.records import (
    LOCAL,
    TEAM_ID,
    LoggedEvent,
    Message,
    Refusal,
    Team,
    Upload,
    Version,
    View,
    ViewVersion,
)

T = TypeVar("T")

SCOPES = (
    "chat:write",
    "commands",
    "dnd:read",
    "files:read",
    "files:write",
    "im:history",
    "im:write",
    "users:read",
)


@dataclass(slots=True, kw_only=True)
class Profile:
    """A person as the admin sees them; `tz` or `locale` None means Slack does not say it."""

    id: str
    name: str
    tz: str | None
    locale: str | None = None
    team: str = TEAM_ID
    silenced: tuple[float, float] | None = None
    """From when to when notifications are silenced, in Unix seconds; the next such time if that is ahead."""

    def dnd_status(self) -> Json:
        """What an app is told about it. Whether it is a snooze or a schedule, only the person is told."""
        if self.silenced is None:
            return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
        start, end = map(int, self.silenced)
        return {"dnd_enabled": True, "next_dnd_start_ts": start, "next_dnd_end_ts": end}

    def as_json(self, now: float) -> Json:
        """The `user` object of `users.info` and `user_change` at `now` (Unix seconds)."""
        shown = {"real_name": self.name, "display_name": self.name, "team": self.team}
        body: Json = {"id": self.id, "team_id": self.team, "name": self.name.lower(), "real_name": self.name}
        flags = {"deleted": False, "is_bot": False, "is_app_user": False, "is_restricted": False}
        return body | flags | {"profile": shown, "updated": int(now)} | self._zone(now)

    def _zone(self, now: float) -> Json:
        if self.tz is None:
            return {}
        try:
            local = datetime.fromtimestamp(now, tz=ZoneInfo(self.tz))
        except ZoneInfoNotFoundError:
            return {"tz": self.tz, "tz_label": self.tz, "tz_offset": 0}
        offset = local.utcoffset()
        seconds = int(offset.total_seconds()) if offset is not None else 0
        return {"tz": self.tz, "tz_label": get_timezone_name(local, locale="en_US"), "tz_offset": seconds}


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation; `person` is who talks with the app in it, None in a channel without the app."""

    id: str
    name: str
    person: str | None
    messages: list[Message] = field(default_factory=list)

    @property
    def is_dm(self) -> bool:
        """Whether it is a direct message with the app."""
        return self.person is not None

    def find(self, ts: str) -> Message | None:
        """The message that stands here and was not deleted; what only one person sees is not found."""
        return next((m for m in self.messages if m.ts == ts and not m.deleted and not m.only_for), None)


class Workspace:
    """Everything that is stored, and the ids and times under which it is."""

    def __init__(
        self,
        *,
        clock: Clock,
        post_burst: int,
        team: Team = LOCAL,
        changes: Changes | None = None,
        numbers: Iterator[int] | None = None,
    ) -> None:
        """`changes` and `numbers` are shared by the workspaces of one Slack: ids differ everywhere."""
        self.clock = clock
        self.team = team
        self.changes = changes or Changes()
        self.people: dict[str, Profile] = {}
        self.channels: dict[str, Channel] = {}
        self.views: list[View] = []
        self.homes: dict[str, View] = {}
        self.journal: list[LoggedEvent] = []
        self.refusals: list[Refusal] = []
        self.uploads: dict[str, Upload] = {}
        self.shared: dict[str, Upload] = {}
        """Files of people, by id."""
        self.post_budget = PostBudget(burst=post_burst, clock=clock)
        self.triggers = Triggers(clock=clock, team=team.id)
        self.response_urls = ResponseUrls(clock=clock)
        self.root_url = ""
        self.scopes = set(SCOPES)
        """What the app may do here."""
        self.announce: Callable[[Json], None] = lambda _event: None
        self.numbers = numbers or itertools.count(1)
        self._last_ts = 0
        self.general = self._open_channel("C00000001", "general", None)

    def new_id(self, prefix: str) -> str:
        """An id that was never given out."""
        return f"{prefix}{next(self.numbers):08d}"

    def block_ids(self) -> Iterable[str]:
        """Ids for blocks and elements that came without one."""
        while True:
            yield self.new_id("b")

    def new_ts(self) -> str:
        """A time stamp later than every other one."""
        self._last_ts = max(int(self.clock() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def add_person(self, profile: Profile) -> None:
        """Let a person join, with a direct message to the app."""
        profile.team = self.team.id
        self.people[profile.id] = profile
        self._open_channel(self.new_id("D"), "directmessage", profile.id)

    def dm(self, person: str) -> Channel:
        """The direct message of a person with the app; KeyError if nobody has this id."""
        return {channel.person: channel for channel in self.channels.values()}[person]

    def version(self, text: str, blocks: list[Json], metadata: Json | None = None) -> Version:
        """A message's content as of now."""
        return Version(text=text, blocks=blocks, metadata=metadata, at=self.clock())

    def post(self, message: Message) -> Message:
        """Put a message into its channel."""
        message.team = self.team.id
        self.channels[message.channel].messages.append(message)
        self._note("posted", message=message)
        return message

    def edit(self, message: Message, version: Version) -> None:
        """Replace what a message says."""
        message.versions.append(version)
        self._note("edited", message=message)

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        self._note("deleted", message=message)

    def show_view(self, person: str, definition: Json, *, on: View | None = None) -> View:
        """Open a new view for a person, as home or on top of `on`."""
        new = self.new_id("V")
        first = self._view_version(definition)
        root, below = (on.root_id, on.id) if on else (new, None)
        view = View(id=new, person=person, versions=[first], root_id=root, previous_id=below)
        view.team = self.team.id
        self.views.append(view)
        if view.type == "home":
            self.homes[person] = view
        self._note("home" if view.type == "home" else "modal", view=view)
        return view

    def change_view(self, view: View, definition: Json) -> None:
        """Replace what a view shows."""
        view.versions.append(self._view_version(definition))
        view.errors, view.trouble = {}, None
        self._note("home" if view.type == "home" else "modal changed", view=view)

    def close_view(self, view: View) -> None:
        """Take a modal away."""
        view.is_open = False
        self._note("modal closed", view=view)

    def complain(
        self, view: View, *, errors: dict[str, str] | None = None, trouble: str | None = None
    ) -> None:
        """Keep a modal open and show in it what is wrong."""
        view.errors, view.trouble = errors or {}, trouble
        self._note("modal changed", view=view)

    def modals(self, person: str) -> list[View]:
        """The open modals of a person, the one on top last."""
        return [
            view for view in self.views if view.person == person and view.type == "modal" and view.is_open
        ]

    def response_url(self, kind: Literal["actions", "commands"], reply_to: ReplyTo) -> str:
        """A new URL for up to five replies."""
        return f"{self.root_url}/{kind}/{self.team.id}/{self.response_urls.issue(reply_to)}"

    async def expect_that(self, found: Callable[[], T | None], *, within: float) -> T:
        """The first truthy answer of `found`; TimeoutError, with the journal's end, after `within` s."""
        try:
            return await self.changes.expect_that(found, within=within)
        except TimeoutError as exc:
            last = [f"{each.what}: {each.screen()!r}" for each in self.journal[-3:]]
            raise TimeoutError(f"not within {within} s; last: {last}; refused: {self.refusals[-3:]}") from exc

    def _open_channel(self, new: str, name: str, person: str | None) -> Channel:
        self.channels[new] = Channel(id=new, name=name, person=person)
        return self.channels[new]

    def _view_version(self, definition: Json) -> ViewVersion:
        return ViewVersion(definition=definition, hash=self.new_ts(), at=self.clock())

    def _note(
        self,
        what: Literal["posted", "edited", "deleted", "home", "modal", "modal changed", "modal closed"],
        *,
        message: Message | None = None,
        view: View | None = None,
    ) -> None:
        person = (
            view.person
            if view
            else message.only_for or self.channels[message.channel].person
            if message
            else None
        )
        self.journal.append(
            LoggedEvent(what=what, person=person, at=self.clock(), message=message, view=view)
        )
        self.changes.notify()
