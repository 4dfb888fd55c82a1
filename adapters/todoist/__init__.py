"""Todoist as a task source: reads, completes and reopens tasks over API v1."""

from adapters.todoist.provider import Todoist

__all__ = ["Todoist"]
