"""A project and its section in one text."""

import pytest

from core.records import place_text
from core.words.places import split_place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("House", ("House", "")),
        ("House / Kitchen", ("House", "Kitchen")),
        ("/ Kitchen", ("", "Kitchen")),
        ("House/Kitchen", ("House/Kitchen", "")),
        ("A / B / C", ("A", "B / C")),
        ("", ("", "")),
    ],
)
def test_a_place_is_told_and_read_again(text: str, place: tuple[str, str]) -> None:
    assert split_place(text) == place
    assert (place_text(place[0] or None, place[1] or None) or "") == text
