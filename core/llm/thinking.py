"""What a model thinks aloud is not what it says: tags of thinking models, and the channels of gpt-oss."""

from __future__ import annotations

import re

_NAMES = "think|thinking|thought|thoughts|reasoning|reflection|seed:think"
_TAG = re.compile(
    rf"(?P<opening><(?:{_NAMES})>|\[THINK\]|<\|begin_of_thought\|>|◁think▷|<\|channel>thought\b)"
    rf"|</(?:{_NAMES})>|\[/THINK\]|<\|end_of_thought\|>|◁/think▷|<channel\|>",
    re.IGNORECASE,
)
# https://cookbook.openai.com/articles/openai-harmony: messages on the channels analysis, commentary, final.
_MESSAGE = re.compile(r"<\|channel\|>\s*(?P<channel>\w*)[^<]*(?:<\|constrain\|>[^<]*)?<\|message\|>")
_END = re.compile(r"<\|(?:end|return|call|start|channel)\|>")
_THINKING = "analysis"
_WITHOUT_TOKENS = "assistantfinal"
"""Where somebody took the special tokens out, the names of role and channel are left."""


def spoken(text: str) -> str:
    """``text`` without what was thought aloud; empty if it is nothing but that."""
    if "<|message|>" in text:
        return _on_channels(text)
    if text.startswith(_THINKING) and _WITHOUT_TOKENS in text:
        return text.rpartition(_WITHOUT_TOKENS)[2]
    return _without_tagged(text)


def _on_channels(text: str) -> str:
    """The last message that is meant for somebody."""
    said = ""
    for message in _MESSAGE.finditer(text):
        if message["channel"] != _THINKING:
            end = _END.search(text, message.end())
            said = text[message.end() : end.start() if end else None]
    return said


def _without_tagged(text: str) -> str:
    """All that is outside of thinking tags.

    A closing tag alone ends what was thought from the start: templates of chats write the opening one. An
    opening tag alone begins what was cut off, unless it stands within an object.
    """
    kept: list[str] = []
    at, opened = 0, -1
    for tag in _TAG.finditer(text):
        if not tag["opening"]:
            kept = kept if opened >= 0 else []
            at, opened = tag.end(), -1
        elif opened < 0:
            kept.append(text[at : tag.start()])
            opened = tag.start()
    if opened < 0:
        kept.append(text[at:])
    elif _is_within_object("".join(kept)):
        kept.append(text[opened:])
    return "".join(kept)


def _is_within_object(before: str) -> bool:
    return before.count("{") > before.count("}")
