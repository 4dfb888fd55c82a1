"""Errors as problems, and problems as answers.

Tests: tests/bot/api/test_service.py.
"""

from __future__ import annotations

import json
import logging

from bot.api.problems import Kind, Problem
from bot.api.wire import PROBLEM_JSON, RawAnswer
from bot.screens.hints import sentences
from core.errors import (
    AnswerUnusable,
    BadInput,
    LanguageModelUnavailable,
    NotFound,
    StoreUnavailable,
    traceback_summary,
)

log = logging.getLogger(__name__)

STORE_RETRY_SECONDS = 5


def problem_answer(problem: Problem) -> RawAnswer:
    """The problem as an answer."""
    return RawAnswer(
        status=int(problem.kind.status),
        body=json.dumps(problem.document).encode(),
        content_type=PROBLEM_JSON,
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def problem_of(fault: Exception) -> Problem:
    """What an error of the core means to a program."""
    match fault:
        case Problem():
            return fault
        case NotFound():
            return Problem(Kind.NOT_FOUND)
        case BadInput():
            sentence = sentences().get(fault.hint, "").format(**fault.values)
            return Problem(Kind.UNUSABLE, sentence, code=fault.hint)
        case StoreUnavailable():
            retry = {"Retry-After": str(STORE_RETRY_SECONDS)}
            return Problem(Kind.STORE_UNAVAILABLE, headers=retry)
        case AnswerUnusable():
            return Problem(Kind.MODEL_UNUSABLE)
        case LanguageModelUnavailable():
            return Problem(Kind.MODEL_UNAVAILABLE)
    log.error("unexpected %s", traceback_summary(fault))
    return Problem(Kind.BUG)
