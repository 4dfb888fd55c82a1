"""The JSON that Slack sends to an app: events, taps, submissions, commands."""

from typing import Any

from tests.servers.slack.elements import Json
from tests.servers.slack.records import APP_ID, BOT_USER, Message, View
from tests.servers.slack.workspace import Channel, Profile, Workspace

VERIFICATION_TOKEN = "verification-token"


def event_callback(slack: Workspace, event: Json) -> Json:
    """The wrapper around an event, with an `event_id` of its own."""
    team = slack.team
    authorization = {
        "enterprise_id": team.enterprise,
        "team_id": None if team.org_wide else team.id,
        "user_id": BOT_USER,
        "is_bot": True,
        "is_enterprise_install": team.org_wide,
    }
    return {
        "type": "event_callback",
        "token": VERIFICATION_TOKEN,
        "team_id": team.id,
        **({"enterprise_id": team.enterprise} if team.enterprise else {}),
        "api_app_id": APP_ID,
        "event": event,
        "event_id": slack.new_id("Ev"),
        "event_time": int(slack.clock()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": slack.new_id("EC"),
    }


def message(message: Message) -> Json:
    """`message`: somebody, perhaps the app itself, wrote into a direct message."""
    place = {"channel": message.channel, "channel_type": "im", "event_ts": message.ts}
    return message.as_json() | place


def message_changed(slack: Workspace, message: Message, before: Message) -> Json:
    """`message` with subtype `message_changed`."""
    return _hidden(slack, message, "message_changed") | {
        "message": message.as_json(),
        "previous_message": before.as_json(),
    }


def message_deleted(slack: Workspace, message: Message) -> Json:
    """`message` with subtype `message_deleted`."""
    return _hidden(slack, message, "message_deleted") | {
        "deleted_ts": message.ts,
        "previous_message": message.as_json(),
    }


def bot_message(slack: Workspace, channel: str, text: str) -> Json:
    """`message` with subtype `bot_message`: another app wrote, nobody's user id is in it."""
    ts = slack.new_ts()
    who = {"bot_id": "B00000099", "username": "another app"}
    place = {"channel": channel, "channel_type": "im", "ts": ts, "event_ts": ts}
    return {"type": "message", "subtype": "bot_message", "text": text} | who | place


def shared_file(file: Json) -> Json:
    """What makes a message one with a file: its subtype and the file."""
    return {"subtype": "file_share", "files": [file], "upload": False}


def app_home_opened(slack: Workspace, person: str, tab: str) -> Json:
    """`app_home_opened`: the tab is `home` or `messages`; a home that was published comes along."""
    home = slack.homes.get(person)
    shown = {"view": home.as_json()} if home and tab == "home" else {}
    place = {"channel": slack.dm(person).id, "tab": tab, "event_ts": slack.new_ts()}
    return {"type": "app_home_opened", "user": person} | place | shown


def user_change(slack: Workspace, profile: Profile) -> Json:
    """`user_change`: a profile is another than before."""
    now = slack.clock()
    stamps = {"cache_ts": int(now), "event_ts": slack.new_ts()}
    return {"type": "user_change", "user": profile.as_json(now)} | stamps


def dnd_updated_user(slack: Workspace, profile: Profile) -> Json:
    """`dnd_updated_user`: somebody in the workspace silenced notifications, or ended that."""
    status = profile.dnd_status()
    event = {"type": "dnd_updated_user", "user": profile.id, "dnd_status": status}
    return event | {"event_ts": slack.new_ts()}


def team_access(kind: str, teams: list[str]) -> Json:
    """`team_access_granted` or `team_access_revoked`: an organisation's app may use these teams, or not."""
    return {"type": f"team_access_{kind}", "team_ids": teams}


def tokens_revoked(slack: Workspace, *, people: list[str], bots: list[str]) -> Json:
    """`tokens_revoked`: user tokens of these people, bot tokens of these bot users."""
    return {"type": "tokens_revoked", "tokens": {"oauth": people, "bot": bots}, "event_ts": slack.new_ts()}


def app_uninstalled(slack: Workspace) -> Json:
    """`app_uninstalled`."""
    return {"type": "app_uninstalled", "event_ts": slack.new_ts()}


def slash_command(
    slack: Workspace, who: Profile, channel: Channel, command: str, text: str, url: str
) -> Json:
    """A slash command; over HTTP it is a form, so every value is a string."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": slack.team.id,
        "team_domain": slack.team.domain,
        **({"enterprise_id": slack.team.enterprise} if slack.team.enterprise else {}),
        "channel_id": channel.id,
        "channel_name": channel.name,
        "user_id": who.id,
        "user_name": who.name.lower(),
        "command": command,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": str(slack.team.org_wide).lower(),
        "response_url": url,
        "trigger_id": slack.triggers.issue(who.id),
    }


def tap_on_message(slack: Workspace, who: Profile, on: Message, action: Json, state: Json, url: str) -> Json:
    """`block_actions` from a message."""
    channel = slack.channels[on.channel]
    place = {
        "type": "message",
        "message_ts": on.ts,
        "channel_id": on.channel,
        "is_ephemeral": bool(on.only_for),
        **({"thread_ts": on.thread_ts} if on.thread_ts else {}),
    }
    return _block_actions(slack, who, action) | {
        "container": place,
        "channel": {"id": channel.id, "name": channel.name},
        "message": on.as_json(with_metadata=True),
        "state": state,
        "response_url": url,
    }


def tap_on_view(slack: Workspace, who: Profile, on: View, action: Json, state: Json) -> Json:
    """`block_actions` from a modal or the App Home."""
    place = {"type": "view", "view_id": on.id}
    return _block_actions(slack, who, action) | {"container": place, "view": on.as_json(state)}


def view_submission(slack: Workspace, who: Profile, view: View, state: Json) -> Json:
    """`view_submission`."""
    body = {"trigger_id": slack.triggers.issue(who.id), "view": view.as_json(state), "response_urls": []}
    return _interaction("view_submission", slack, who) | body


def view_closed(slack: Workspace, who: Profile, view: View) -> Json:
    """`view_closed`, which Slack sends for views with `notify_on_close`."""
    return _interaction("view_closed", slack, who) | {"view": view.as_json(), "is_cleared": False}


def _hidden(slack: Workspace, message: Message, subtype: str) -> Json:
    ts = slack.new_ts()
    place = {"channel": message.channel, "channel_type": "im", "ts": ts, "event_ts": ts, "hidden": True}
    return {"type": "message", "subtype": subtype} | place


def _interaction(kind: str, slack: Workspace, who: Profile) -> Json:
    name, team = who.name.lower(), slack.team
    user: dict[str, Any] = {"id": who.id, "username": name, "name": name, "team_id": who.team}
    app = {"api_app_id": APP_ID, "token": VERIFICATION_TOKEN}
    where = {
        "team": None if team.org_wide else {"id": team.id, "domain": team.domain},
        "enterprise": {"id": team.enterprise, "name": "org"} if team.enterprise else None,
        "is_enterprise_install": team.org_wide,
    }
    return {"type": kind, "user": user} | app | where


def _block_actions(slack: Workspace, who: Profile, action: Json) -> Json:
    acted = {"trigger_id": slack.triggers.issue(who.id), "actions": [{**action, "action_ts": slack.new_ts()}]}
    return _interaction("block_actions", slack, who) | acted
