"""Todoist as a task source: reads and changes tasks over API v1."""

from adapters.todoist.provider import Todoist

__all__ = ["Todoist"]
