"""What the local Slack remembers: messages and views with every version, deliveries to the app and acks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tests.servers.slack import screen
from tests.servers.slack.elements import Json, labels

Kind = Literal["events_api", "interactive", "slash_commands"]

TEAM_ID = "T00000001"
TEAM_DOMAIN = "local"
APP_ID = "A00000001"
BOT_USER = "U0BOT"
BOT_ID = "B00000001"
BOT_NAME = "oo"
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A workspace as payloads name it."""

    id: str
    domain: str
    enterprise: str | None = None
    """The organisation it belongs to."""
    org_wide: bool = False
    """Whether the app is installed for all of the organisation."""


LOCAL = Team(id=TEAM_ID, domain=TEAM_DOMAIN)

BOT_TOKEN = "xoxb-local"
APP_TOKEN = "xapp-local"
SIGNING_SECRET = "local-signing-secret"


class Refused(Exception):
    """An `ok: false` answer; `problems` are the Block Kit check's complaints, each with a JSON pointer."""

    def __init__(self, code: str, problems: Sequence[str] = ()) -> None:
        super().__init__(code, *problems)
        self.code = code
        self.problems = list(problems)

    def as_json(self) -> Json:
        """The body as Slack sends it; only `invalid_blocks` repeats its problems in `errors`."""
        body: Json = {"ok": False, "error": self.code}
        if self.code == "invalid_blocks":
            body["errors"] = self.problems
        if self.problems:
            body["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in self.problems]}
        return body


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A call of a Web API method that was answered with `ok: false`."""

    method: str
    error: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """How one attempt to hand something to the app ended; `latency` in seconds, None without an ack."""

    attempt: int
    latency: float | None
    problem: str | None = None
    response: Any = None


@dataclass(slots=True, kw_only=True, eq=False)
class Delivery:
    """One event, tap, submission or command on its way to the app, with all attempts."""

    kind: Kind
    payload: Json
    envelope_id: str
    attempts: list[Ack] = field(default_factory=list)

    @property
    def acknowledged(self) -> bool:
        """Whether an attempt was acknowledged in time."""
        return any(ack.latency is not None for ack in self.attempts)

    @property
    def ack(self) -> Ack:
        """The outcome of the newest attempt."""
        return self.attempts[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a message said from `at` (Unix seconds) on."""

    text: str
    blocks: list[Json]
    metadata: Json | None
    at: float


@dataclass(slots=True, kw_only=True, eq=False)
class Upload:
    """A file of the app's; without content until that was posted."""

    id: str
    name: str
    length: int
    content: bytes = b""


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message in a conversation, as Slack stored it; `seen` counts the versions a test has looked at."""

    channel: str
    ts: str
    author: str
    versions: list[Version]
    only_for: str | None = None
    thread_ts: str | None = None
    extra: Json = field(default_factory=dict)
    team: str = TEAM_ID
    deleted: bool = False
    delivery: Delivery | None = None
    seen: int = 1
    files: list[Upload] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text: what a notification shows."""
        return self.versions[-1].text

    @property
    def blocks(self) -> list[Json]:
        """The blocks with the ids that Slack gave them."""
        return self.versions[-1].blocks

    @property
    def metadata(self) -> Json | None:
        """The metadata the app attached."""
        return self.versions[-1].metadata

    @property
    def edits(self) -> list[Version]:
        """Every version but the first."""
        return self.versions[1:]

    @property
    def by_bot(self) -> bool:
        """Whether the app under test wrote it."""
        return self.author == BOT_USER

    @property
    def buttons(self) -> list[str]:
        """The labels a person can tap."""
        return labels(self.blocks)

    @property
    def acknowledged(self) -> bool:
        """Whether the app acknowledged that a person wrote this."""
        return self.delivery is not None and self.delivery.acknowledged

    def screen(self) -> str:
        """The message as a person sees it."""
        if self.deleted:
            return "(deleted)"
        shown = [screen.of_blocks(self.blocks) if self.blocks else screen.mrkdwn(self.text)]
        shown += [f"<{file.name}: {len(file.content)} bytes>" for file in self.files]
        above = ["(only visible to you)"] if self.only_for else []
        return "\n".join([*above, *filter(None, shown)])

    def snapshot(self) -> "Message":
        """The message as it is now, unmoved by later edits."""
        return replace(self, versions=list(self.versions))

    def as_json(self, *, with_metadata: bool = False) -> Json:
        """The message as events, payloads and `conversations.history` carry it."""
        body: Json = {
            "type": "message",
            "user": self.author,
            "ts": self.ts,
            "text": self.text,
            "team": self.team,
        }
        if self.by_bot:
            body |= {"bot_id": BOT_ID, "app_id": APP_ID}
        if self.blocks:
            body["blocks"] = self.blocks
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.files:
            body["files"] = [{"id": file.id, "name": file.name} for file in self.files]
        if self.edits and not self.blocks:
            body["edited"] = {"user": self.author, "ts": f"{self.versions[-1].at:.6f}"}
        if with_metadata and self.metadata:
            body["metadata"] = self.metadata
        return body | self.extra


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewVersion:
    """What a view held from `at` (Unix seconds) on; `definition` is the app's, with ids filled in."""

    definition: Json
    hash: str
    at: float


@dataclass(slots=True, kw_only=True, eq=False)
class View:
    """A modal or an App Home of one person.

    `errors` are the app's complaints about the last submission by block id; `trouble` is Slack's own.
    """

    id: str
    person: str
    versions: list[ViewVersion]
    root_id: str
    previous_id: str | None = None
    team: str = TEAM_ID
    is_open: bool = True
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @property
    def definition(self) -> Json:
        """The newest definition."""
        return self.versions[-1].definition

    @property
    def type(self) -> str:
        """`home` or `modal`."""
        return str(self.definition["type"])

    @property
    def blocks(self) -> list[Json]:
        """The blocks with the ids that Slack gave them."""
        return list(self.definition["blocks"])

    @property
    def hash(self) -> str:
        """Changes with every version; guards against lost updates."""
        return self.versions[-1].hash

    @property
    def buttons(self) -> list[str]:
        """The labels a person can tap, without Submit and Close."""
        return labels(self.blocks)

    def screen(self) -> str:
        """The view as a person sees it."""
        return screen.of_view(self.definition, self.errors, self.trouble)

    def as_json(self, state: Json | None = None) -> Json:
        """The view as payloads and answers carry it; `state` holds what was typed and chosen."""
        fixed = {"id": self.id, "team_id": self.team, "app_id": APP_ID, "bot_id": BOT_ID, "hash": self.hash}
        place = {"root_view_id": self.root_id, "previous_view_id": self.previous_id}
        empty = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None}
        flags = {"clear_on_close": False, "notify_on_close": False, "submit": None, "close": None}
        state = state if state is not None else {"values": {}}
        return (
            empty
            | flags
            | self.definition
            | fixed
            | place
            | {"state": state, "app_installed_team_id": self.team}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """One line of the journal: something a person could notice."""

    what: Literal["posted", "edited", "deleted", "home", "modal", "modal changed", "modal closed"]
    person: str | None
    at: float
    message: Message | None = None
    view: View | None = None

    def screen(self) -> str:
        """What the person sees of it."""
        shown = self.message or self.view
        return shown.screen() if shown else ""
