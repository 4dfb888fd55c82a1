"""Separates a model's thinking from its answer: tags of thinking models, and the channels of gpt-oss."""

from __future__ import annotations

import re

_TAG_NAMES = "think|thinking|thought|thoughts|reasoning|reflection|seed:think"
_TAG = re.compile(
    rf"(?P<opening><(?:{_TAG_NAMES})>|\[THINK\]|<\|begin_of_thought\|>|◁think▷|<\|channel>thought\b)"
    rf"|</(?:{_TAG_NAMES})>|\[/THINK\]|<\|end_of_thought\|>|◁/think▷|<channel\|>",
    re.IGNORECASE,
)
# https://cookbook.openai.com/articles/openai-harmony: messages on the channels analysis, commentary, final.
_MESSAGE = re.compile(r"<\|channel\|>\s*+(?P<channel>\w*+)[^<]*+(?:<\|constrain\|>[^<]*+)?<\|message\|>")
_MESSAGE_END = re.compile(r"<\|(?:end|return|call|start|channel)\|>")
_THINKING_CHANNEL = "analysis"
_FINAL_WITHOUT_TOKENS = "assistantfinal"
"""A server that strips the special tokens leaves the names of role and channel."""


def without_thinking(text: str) -> str:
    """``text`` without the thinking; empty if it is nothing else."""
    if "<|message|>" in text:
        return _last_message(text)
    if text.startswith(_THINKING_CHANNEL) and _FINAL_WITHOUT_TOKENS in text:
        return text.rpartition(_FINAL_WITHOUT_TOKENS)[2]
    return _outside_tags(text)


def _last_message(text: str) -> str:
    """The last message on another channel than that for thinking."""
    said = ""
    for message in _MESSAGE.finditer(text):
        if message["channel"] != _THINKING_CHANNEL:
            end = _MESSAGE_END.search(text, message.end())
            said = text[message.end() : end.start() if end else None]
    return said


def _outside_tags(text: str) -> str:
    """The text outside of thinking tags.

    A closing tag without an opening one ends thinking that began with the text: some chat templates write the
    opening tag. An opening tag without a closing one begins thinking that was cut off, unless it is inside an
    object.
    """
    parts: list[str] = []
    at, opened = 0, -1
    for tag in _TAG.finditer(text):
        if not tag["opening"]:
            parts = parts if opened >= 0 else []
            at, opened = tag.end(), -1
        elif opened < 0:
            parts.append(text[at : tag.start()])
            opened = tag.start()
    if opened < 0:
        parts.append(text[at:])
    elif _is_inside_object("".join(parts)):
        parts.append(text[opened:])
    return "".join(parts)


def _is_inside_object(before: str) -> bool:
    return before.count("{") > before.count("}")
