"""The menus of commands that a bot registers, one for each scope and language."""

import json
import re
from dataclasses import dataclass
from typing import Any

from tests.servers.telegram.content import JsonObject
from tests.servers.telegram.errors import bad_request
from tests.servers.telegram.params import Params

MAX_COMMANDS = 100
MAX_DESCRIPTION = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuKey:
    """For whom a menu is: `scope` is its JSON, `language_code` two letters or "" for all."""

    scope: str = '{"type": "default"}'
    language_code: str = ""


class CommandMenus:
    """What setMyCommands stored."""

    def __init__(self) -> None:
        self.menus: dict[MenuKey, list[JsonObject]] = {}

    def set(self, params: Params) -> None:
        """Store the menu, or remove it when it is empty; ApiError 400 when a limit is broken."""
        key, commands = _key(params), params.structure("commands") or []
        if not isinstance(commands, list):
            raise bad_request("can't parse commands JSON object")
        if len(commands) > MAX_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.menus[key] = [_command(item) for item in commands]

    def get(self, params: Params) -> list[JsonObject]:
        """The menu for exactly this scope and language, [] when there is none."""
        return self.menus.get(_key(params), [])


def _key(params: Params) -> MenuKey:
    language_code = params.text("language_code")
    if not re.fullmatch(r"(?:[a-z]{2})?", language_code):
        raise bad_request("invalid language code specified")
    scope = params.structure("scope") or {"type": "default"}
    return MenuKey(scope=json.dumps(scope, sort_keys=True), language_code=language_code)


def _command(item: Any) -> JsonObject:
    match item:
        case {"command": str(name), "description": str(description)}:
            pass
        case _:
            raise bad_request("can't parse BotCommand")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
