"""A further workspace of the local Slack, which installs the app by OAuth."""

from tests.servers.slack import payloads
from tests.servers.slack.dispatcher import Dispatcher
from tests.servers.slack.elements import Json
from tests.servers.slack.oauth import OAuth
from tests.servers.slack.person import Person
from tests.servers.slack.records import BOT_USER
from tests.servers.slack.workspace import Profile, Workspace


class SlackTeam:
    """Its people, and what its administrator does with the app."""

    def __init__(self, workspace: Workspace, dispatcher: Dispatcher, oauth: OAuth, *, echo: bool) -> None:
        self.workspace = workspace
        self.people: dict[str, Person] = {}
        self._dispatcher = dispatcher
        self._oauth = oauth
        if echo:
            workspace.announce = self._echo

    @property
    def id(self) -> str:
        """The team's id."""
        return self.workspace.team.id

    @property
    def tokens(self) -> list[str]:
        """All access tokens that it ever had, oldest first."""
        return self._oauth.tokens_of(self.workspace)

    def user(self, user: str, *, name: str | None = None, tz: str | None = "Europe/Berlin") -> Person:
        """The person with this id, who joins if new."""
        if user not in self.people:
            profile = Profile(id=user, name=name or user, tz=tz)
            self.workspace.add_person(profile)
            self.people[user] = Person(profile, self.workspace, self._dispatcher)
        return self.people[user]

    def approve(self, authorize_url: str) -> str:
        """Agree that the app is installed; returns where the browser is sent."""
        return self._oauth.approve(authorize_url, self.workspace)

    async def uninstall(self) -> None:
        """Remove the app: its tokens are dead, and it is told so in two events."""
        self.end_tokens("account_inactive")
        await self.send_event(payloads.tokens_revoked(self.workspace, people=[], bots=[BOT_USER]))
        await self.send_event(payloads.app_uninstalled(self.workspace))

    async def revoke_tokens(self) -> None:
        """Revoke the tokens without removing the app; one event tells it."""
        self.end_tokens("token_revoked")
        await self.send_event(payloads.tokens_revoked(self.workspace, people=[], bots=[BOT_USER]))

    async def rotate_away(self) -> None:
        """Say that former tokens are revoked; the one in use is good."""
        await self.send_event(payloads.tokens_revoked(self.workspace, people=[], bots=[BOT_USER]))

    async def change_access(self, kind: str, teams: list[str]) -> None:
        """An organisation grants or revokes the app's access to teams."""
        await self.send_event(payloads.team_access(kind, teams))

    def end_tokens(self, error: str) -> None:
        """Refuse the tokens, and tell nobody."""
        self._oauth.end(self.workspace, error)

    async def send_event(self, event: Json) -> None:
        """Deliver an event of this workspace."""
        await self._dispatcher.deliver("events_api", payloads.event_callback(self.workspace, event))

    def _echo(self, event: Json) -> None:
        self._dispatcher.later(self.send_event(event))
