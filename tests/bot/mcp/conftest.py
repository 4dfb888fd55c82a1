"""A world, and the program of somebody in it: those of the API."""

from tests.bot.api.conftest import ada, real_ada, real_world, world

__all__ = ["ada", "real_ada", "real_world", "world"]
