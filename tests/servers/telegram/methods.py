"""The methods of the Bot API, with the platform's refusals."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

from tests.servers.telegram.chats import Chat
from tests.servers.telegram.commands import CommandMenus
from tests.servers.telegram.content import Document, Formatted, JsonObject, Version
from tests.servers.telegram.errors import ApiError, bad_request, conflict, forbidden
from tests.servers.telegram.flood import Flood
from tests.servers.telegram.formatting import formatted_caption, formatted_text
from tests.servers.telegram.html import utf16_length
from tests.servers.telegram.keyboard import inline_keyboard
from tests.servers.telegram.params import Params
from tests.servers.telegram.records import Answer, Message
from tests.servers.telegram.world import World

MAX_ANSWER = 200
MAX_DOWNLOAD = 20 << 20
DELETABLE_FOR = timedelta(hours=48)
CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
    }
    | {"choose_sticker", "find_location", "record_video_note", "upload_video_note"}
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"

Method: TypeAlias = Callable[[Params], Awaitable[object]]


class BotApi:
    """Performs methods on the world; every refusal is an ApiError."""

    def __init__(self, world: World, *, flood: Flood, callback_ttl: float) -> None:
        self.commands = CommandMenus()
        self._world = world
        self._flood = flood
        self._callback_ttl = callback_ttl
        self._methods: dict[str, Method] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "setmycommands": self._set_my_commands,
            "getmycommands": self._get_my_commands,
            "sendmessage": self._send_message,
            "senddocument": self._send_document,
            "editmessagetext": self._edit_message_text,
            "editmessagereplymarkup": self._edit_message_reply_markup,
            "deletemessage": self._delete_message,
            "answercallbackquery": self._answer_callback_query,
            "sendchataction": self._send_chat_action,
            "getfile": self._get_file,
        }

    async def perform(self, method: str, params: Params) -> object:
        """The `result` of the method, whose name may be in any case."""
        known = self._methods.get(method.lower())
        if known is None:
            raise ApiError(404, "Not Found: method not found")
        return await known(params)

    async def _get_me(self, _: Params) -> JsonObject:
        groups = {"can_join_groups": True, "can_read_all_group_messages": False}
        return {**self._world.bot, **groups, "supports_inline_queries": False}

    async def _get_updates(self, params: Params) -> list[JsonObject]:
        if self._world.webhook.url:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self._world.updates.allow(params.structure("allowed_updates"))
        return await self._world.updates.poll(
            offset=params.integer("offset"), limit=params.integer("limit"), seconds=params.integer("timeout")
        )

    async def _set_webhook(self, params: Params) -> bool:
        url = params.text("url")
        if not url:
            return await self._delete_webhook(params)
        self._world.updates.allow(params.structure("allowed_updates"))
        if params.flag("drop_pending_updates"):
            self._world.updates.forget()
        self._world.webhook.set(
            url, secret=params.text("secret_token"), max_connections=params.integer("max_connections")
        )
        self._world.updates.abort_poll("terminated by setWebhook request")
        return True

    async def _delete_webhook(self, params: Params) -> bool:
        self._world.webhook.remove()
        if params.flag("drop_pending_updates"):
            self._world.updates.forget()
        return True

    async def _get_webhook_info(self, _: Params) -> JsonObject:
        return self._world.webhook.info()

    async def _set_my_commands(self, params: Params) -> bool:
        self.commands.set(params)
        return True

    async def _get_my_commands(self, params: Params) -> list[JsonObject]:
        return self.commands.get(params)

    async def _send_message(self, params: Params) -> JsonObject:
        return self._show(params, formatted_text(params), source=params.text("text"))

    async def _send_document(self, params: Params) -> JsonObject:
        document = params.file("document")
        return self._show(params, formatted_caption(params), source=params.text("caption"), document=document)

    def _show(
        self, params: Params, content: Formatted, *, source: str, document: Document | None = None
    ) -> JsonObject:
        chat, rows = self._open_chat(params), inline_keyboard(params.structure("reply_markup"))
        self._flood.admit(chat.chat_id, now=self._world.clock())
        message = Message(
            message_id=self._world.next_message_id(),
            chat_id=chat.chat_id,
            versions=[Version(content=content, source=source, rows=rows, date=self._world.now())],
            document=document,
        )
        chat.messages.append(message)
        return self._world.message_json(message)

    async def _edit_message_text(self, params: Params) -> JsonObject:
        message = self._own_message(params)
        if message.document is not None:
            raise bad_request("there is no text in the message to edit")
        return self._edit(message, params, formatted_text(params))

    async def _edit_message_reply_markup(self, params: Params) -> JsonObject:
        message = self._own_message(params)
        return self._edit(message, params, message.latest.content)

    async def _delete_message(self, params: Params) -> bool:
        chat, message_id = self._chat(params), params.integer("message_id")
        message = chat.message(message_id)
        if message is None and (message_id not in chat.heard or message_id in chat.deleted):
            raise bad_request("message to delete not found")
        if message is not None and self._world.now() - message.date > DELETABLE_FOR:
            raise bad_request("message can't be deleted for everyone")
        chat.deleted.add(message_id)
        return True

    async def _answer_callback_query(self, params: Params) -> bool:
        text = params.text("text")
        if utf16_length(text) > MAX_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        tap = self._world.taps.get(params.text("callback_query_id"))
        if tap is None or tap.answer or self._world.clock() - tap.tapped_at > self._callback_ttl:
            raise bad_request(TOO_OLD)
        tap.answer = Answer(text=text, show_alert=params.flag("show_alert"))
        return True

    async def _get_file(self, params: Params) -> JsonObject:
        file_id = params.text("file_id")
        file = self._world.files.get(file_id)
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(file.content) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        ids = {"file_id": file_id, "file_unique_id": file_id, "file_size": file.told_size}
        return {**ids, "file_path": f"documents/{file_id}"}

    async def _send_chat_action(self, params: Params) -> bool:
        chat, action = self._open_chat(params), params.text("action")
        if action not in CHAT_ACTIONS:
            raise bad_request("wrong parameter action in request")
        chat.actions.append(action)
        return True

    def _chat(self, params: Params) -> Chat:
        if not params.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self._world.chats.get(params.integer("chat_id"))
        if chat is None or not chat.has_written:
            raise bad_request("chat not found")
        return chat

    def _open_chat(self, params: Params) -> Chat:
        chat = self._chat(params)
        if chat.has_blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def _own_message(self, params: Params) -> Message:
        chat, message_id = self._chat(params), params.integer("message_id")
        message = chat.message(message_id)
        if message is None and message_id in chat.heard - chat.deleted:
            raise bad_request("message can't be edited")
        if message is None:
            raise bad_request("message to edit not found")
        return message

    def _edit(self, message: Message, params: Params, content: Formatted) -> JsonObject:
        """Both edits replace the keyboard: without `reply_markup` it goes away."""
        rows = inline_keyboard(params.structure("reply_markup"))
        if (content, rows) == (message.latest.content, message.rows):
            raise bad_request(NOT_MODIFIED)
        self._flood.admit(None, now=self._world.clock())
        source = params.text("text") or message.html
        message.versions.append(Version(content=content, source=source, rows=rows, date=self._world.now()))
        return self._world.message_json(message)
