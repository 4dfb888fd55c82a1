"""What a language model says in the scenarios."""

from __future__ import annotations

import json

import pytest

LITELLM = [
    # Importing it takes seconds: one worker does it for all.
    pytest.mark.xdist_group("litellm"),
]

KEY = "sk-canary-master-key"


def tips(*written: dict[str, object]) -> str:
    """An answer with these tips; what they leave out is filled in."""
    usual = {"rationale": "That makes a start easier.", "fact_ids": ["load"], "minutes": 5, "topic": "order"}
    return json.dumps({"tips": [usual | tip for tip in written]})


def reply(said: str, name: str | None = None, argument: str = "") -> str:
    """An answer in conversation, with an action if there is a ``name``."""
    action = {"name": name, "argument": argument} if name else None
    return json.dumps({"reply": said, "action": action})


def completion(said: str) -> dict[str, object]:
    """A whole chat completion that says this, for a test that sends it itself."""
    message = {"role": "assistant", "content": said}
    return {
        "id": "chatcmpl-late",
        "object": "chat.completion",
        "created": 1_790_000_000,
        "model": "tip-generator",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
