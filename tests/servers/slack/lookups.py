"""Web API methods that tell who and what there is."""

from tests.servers.slack.arguments import Arguments
from tests.servers.slack.elements import Json
from tests.servers.slack.records import (
    BOT_ID,
    BOT_NAME,
    BOT_USER,
    Refused,
)
from tests.servers.slack.workspace import Channel, Workspace


def auth_test(slack: Workspace, _args: Arguments) -> Json:
    """auth.test: whose token it is."""
    who = {
        "user": BOT_NAME,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": slack.team.org_wide,
    }
    return {
        "ok": True,
        "url": f"{slack.root_url}/",
        "team": slack.team.domain,
        "team_id": slack.team.id,
    } | who


def users_info(slack: Workspace, args: Arguments) -> Json:
    """users.info: a person with their time zone, and if asked for their locale, where Slack knows them."""
    profile = slack.people.get(args.required("user"))
    if profile is None:
        raise Refused("user_not_found")
    asked = args.flag("include_locale") and profile.locale
    locale = {"locale": profile.locale} if asked else {}
    return {"ok": True, "user": profile.as_json(slack.clock()) | locale}


def dnd_info(slack: Workspace, args: Arguments) -> Json:
    """dnd.info: whether somebody has silenced notifications, for an app that may read that."""
    if "dnd:read" not in slack.scopes:
        raise Refused("missing_scope")
    profile = slack.people.get(args.required("user"))
    if profile is None:
        raise Refused("user_not_found")
    return {"ok": True} | profile.dnd_status()


def conversations_open(slack: Workspace, args: Arguments) -> Json:
    """conversations.open: the direct message with one person."""
    people = [each for each in (args.optional("users") or "").split(",") if each]
    if not people:
        raise Refused("users_list_not_supplied")
    if BOT_USER in people:
        raise Refused("cannot_dm_bot")
    if any(person not in slack.people for person in people):
        raise Refused("user_not_found")
    if len(people) > 1:
        raise Refused("invalid_user_combination")
    channel = slack.dm(people[0])
    shown = _described(channel) if args.flag("return_im") else {"id": channel.id}
    return {"ok": True, "no_op": True, "already_open": True, "channel": shown}


def conversations_info(slack: Workspace, args: Arguments) -> Json:
    """conversations.info: a direct message and with whom it is, or a public channel."""
    channel = slack.channels.get(args.required("channel"))
    if channel is None:
        raise Refused("channel_not_found")
    return {"ok": True, "channel": _described(channel)}


def _described(channel: Channel) -> Json:
    if channel.is_dm:
        return {
            "id": channel.id,
            "is_im": True,
            "user": channel.person,
            "is_archived": False,
            "is_open": True,
        }
    return {"id": channel.id, "is_im": False, "is_channel": True, "name": channel.name, "is_member": False}
