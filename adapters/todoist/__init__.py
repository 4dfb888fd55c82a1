"""Todoist: a person's tasks are read there, completed there and opened again, over its API v1."""

from adapters.todoist.provider import Todoist

__all__ = ["Todoist"]
