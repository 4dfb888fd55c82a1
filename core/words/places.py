"""A project and its section in one text: ``House / Kitchen``."""

from __future__ import annotations

from core.records import SECTION_MARK


def split_place(text: str) -> tuple[str, str]:
    """Project and section, each empty if there is none: ``House / Kitchen``, ``House``, ``/ Kitchen``."""
    if text.startswith(SECTION_MARK.lstrip()):
        return "", text.removeprefix(SECTION_MARK.lstrip()).strip()
    project, _, section = text.partition(SECTION_MARK)
    return project.strip(), section.strip()
