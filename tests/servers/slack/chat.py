"""Web API methods that write and read messages, and the replies sent to response URLs."""

from tests.servers.slack import payloads
from tests.servers.slack.arguments import Arguments
from tests.servers.slack.block_kit import with_ids
from tests.servers.slack.elements import Json
from tests.servers.slack.limits import ReplyTo
from tests.servers.slack.records import BOT_USER, Message, Refused, Version
from tests.servers.slack.workspace import Channel, Workspace


class RateLimited(Exception):
    """Too many posts: answered with 429; `seconds` until the next one may be tried."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def post_message(slack: Workspace, args: Arguments) -> Json:
    """chat.postMessage: to a channel, or to a person's direct message."""
    channel = reachable(slack, args.required("channel"))
    version = _new_version(slack, args)
    if wait := slack.post_budget.take(channel.id):
        raise RateLimited(wait)
    message = slack.post(by_bot(slack, channel, version, thread_ts=args.optional("thread_ts")))
    slack.announce(payloads.message(message))
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message.ts,
        "message": message.as_json(with_metadata=True),
    }


def post_ephemeral(slack: Workspace, args: Arguments) -> Json:
    """chat.postEphemeral: a message that only one person sees, gone from history."""
    channel = reachable(slack, args.required("channel"))
    person = args.required("user")
    if person not in slack.people or channel.person not in (None, person):
        raise Refused("user_not_in_channel")
    message = slack.post(by_bot(slack, channel, _new_version(slack, args), only_for=person))
    return {"ok": True, "message_ts": message.ts}


def update(slack: Workspace, args: Arguments) -> Json:
    """chat.update: blocks stay only if neither text nor blocks are given; metadata stays unless given."""
    message = _own(slack, args, "cant_update_message")
    text, blocks, metadata = args.text(), args.blocks(), args.metadata()
    if not text and blocks is None and metadata is None:
        raise Refused("no_text")
    kept = message.blocks if not text and blocks is None else []
    shown = with_ids(blocks, slack.block_ids()) if blocks else kept
    _edit(slack, message, slack.version(text or message.text, shown, metadata or message.metadata))
    body = message.as_json(with_metadata=True)
    return {"ok": True, "channel": message.channel, "ts": message.ts, "text": message.text, "message": body}


def delete(slack: Workspace, args: Arguments) -> Json:
    """chat.delete: takes away a message of the app."""
    message = _own(slack, args, "cant_delete_message")
    _delete(slack, message)
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def history(slack: Workspace, args: Arguments) -> Json:
    """conversations.history: newest first, between `oldest` and `latest`, in pages."""
    channel = reachable(slack, args.required("channel"))
    limit = args.whole("limit", 100)
    if not 1 <= limit <= 999:
        raise Refused("invalid_limit")
    found = sorted(_between(channel, args), key=lambda message: message.ts, reverse=True)
    page, rest = found[:limit], found[limit:]
    with_metadata = args.flag("include_all_metadata")
    cursor = page[-1].ts if rest else ""
    return {
        "ok": True,
        "messages": [message.as_json(with_metadata=with_metadata) for message in page],
        "has_more": bool(rest),
        "response_metadata": {"next_cursor": cursor},
    }


def reply(slack: Workspace, to: ReplyTo, args: Arguments) -> None:
    """What a POST to a response URL does: replace, delete or answer, for one person unless told otherwise."""
    if args.flag("delete_original"):
        _delete(slack, _original(slack, to))
        return
    version = _new_version(slack, args)
    if args.flag("replace_original"):
        _edit(slack, _original(slack, to), version)
        return
    only_for = None if args.optional("response_type") == "in_channel" else to.person
    message = slack.post(by_bot(slack, slack.channels[to.channel], version, only_for=only_for))
    if not only_for:
        slack.announce(payloads.message(message))


def by_bot(
    slack: Workspace,
    channel: Channel,
    version: Version,
    *,
    only_for: str | None = None,
    thread_ts: str | None = None,
) -> Message:
    """A message of the app's, not yet posted."""
    return Message(
        channel=channel.id,
        ts=slack.new_ts(),
        author=BOT_USER,
        versions=[version],
        only_for=only_for,
        thread_ts=thread_ts,
    )


def _edit(slack: Workspace, message: Message, version: Version) -> None:
    before = message.snapshot()
    slack.edit(message, version)
    if not message.only_for:
        slack.announce(payloads.message_changed(slack, message, before))


def _delete(slack: Workspace, message: Message) -> None:
    slack.delete(message)
    if not message.only_for:
        slack.announce(payloads.message_deleted(slack, message))


def _new_version(slack: Workspace, args: Arguments) -> Version:
    text, blocks = args.text(), args.blocks() or []
    if not text and not blocks:
        raise Refused("no_text")
    return slack.version(text, with_ids(blocks, slack.block_ids()), args.metadata())


def _original(slack: Workspace, to: ReplyTo) -> Message:
    for message in slack.channels[to.channel].messages:
        if message.ts == to.ts and not message.deleted:
            return message
    raise Refused("message_not_found")


def reachable(slack: Workspace, name: str) -> Channel:
    """The conversation with this id, or with this person; Refused if the app can't write there."""
    if name in slack.people:
        return slack.dm(name)
    if name not in slack.channels:
        raise Refused("channel_not_found")
    if not slack.channels[name].is_dm:
        raise Refused("not_in_channel")
    return slack.channels[name]


def _own(slack: Workspace, args: Arguments, not_own: str) -> Message:
    channel = slack.channels.get(args.required("channel"))
    if channel is None:
        raise Refused("channel_not_found")
    message = channel.find(args.required("ts"))
    if message is None:
        raise Refused("message_not_found")
    if not message.by_bot:
        raise Refused(not_own)
    return message


def _between(channel: Channel, args: Arguments) -> list[Message]:
    oldest, latest = args.optional("oldest") or "0", args.optional("latest") or "9" * 17
    before = args.optional("cursor") or "9" * 17
    edges = (oldest, latest) if args.flag("inclusive") else ()
    shown = [
        m for m in channel.messages if not m.deleted and not m.only_for and _number(m.ts) < _number(before)
    ]
    return [m for m in shown if _number(oldest) < _number(m.ts) < _number(latest) or m.ts in edges]


def _number(ts: str) -> float:
    try:
        return float(ts)
    except ValueError as exc:
        raise Refused("invalid_ts_latest") from exc
