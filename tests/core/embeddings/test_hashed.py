"""Hashed n-grams: which texts are paraphrases, and that a text always has the same numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.embeddings.hashed import HASH_DIM, are_paraphrases, embed
from core.embeddings.space import MAX_CHARS, directions

SAME = (
    ("Take a short walk around the block.", "Walk around the block for ten minutes."),
    ("Walk around the block before the next thing.", "Take a walk around the block before your next task."),
    ("Drink a glass of water now.", "Have a glass of water."),
    ("Drink a glass of water before you go on.", "Get up and drink a glass of water."),
    ("Write down the one thing that is on your mind.", "Write down what is on your mind."),
    ("Pick one overdue task and drop it.", "Pick an overdue task and drop it or move it."),
    ("Choose the one task that would make today a good day.", "Choose one task that makes today a good day."),
    ("Clear your desk for five minutes.", "Spend five minutes clearing your desk."),
    ("Close all tabs that you don't need.", "Close the browser tabs you no longer need."),
    ("Turn off notifications for the next hour.", "Turn your notifications off for an hour."),
    ("Stretch your back for two minutes.", "Stand up and stretch your back for two minutes."),
    ("Plan tomorrow's first task tonight.", "Plan the first task of tomorrow before tonight."),
    ("Start with the hardest task for ten minutes.", "Work on your hardest task for ten minutes."),
    ("Batch the three phone calls into one block.", "Do the three phone calls in one block."),
    ("You have 12 open tasks: pick three for today.", "You have 14 open tasks, so pick three for today."),
    ("REST YOUR EYES: LOOK OUT OF THE WINDOW", "Rest your eyes and look out of the window."),
    ("Put your phone in another room while you read.", "Leave the phone in another room while reading."),
    ("Mach einen kurzen Spaziergang um den Block.", "Geh kurz um den Block spazieren."),
    ("Trink ein Glas Wasser.", "Trink jetzt erst einmal ein Glas Wasser."),
    (
        "Fais une courte promenade autour du pâté de maisons.",
        "Une courte promenade autour du pâté de maisons te fera du bien.",
    ),
    # Not recognised: entirely different words.
    ("Take a short walk around the block.", "Go outside for some fresh air."),
    ("Go to bed before eleven tonight.", "Get an early night."),
)
DIFFERENT = (
    ("Take a short walk around the block.", "Take a short nap after lunch."),
    ("Walk around the block before the next thing.", "Write down the next thing before you stop."),
    ("Drink a glass of water now.", "Clean the glass of your window now."),
    (
        "Write down the one thing that is on your mind.",
        "Write down the first thing for tomorrow, so that today can end.",
    ),
    (
        "Pick one overdue task and drop it or give it a new date.",
        "Choose the one task that would make today a good day.",
    ),
    (
        "Begin with the task you would rather put off, for ten minutes only.",
        "Do only the first two minutes of something easy, then rest.",
    ),
    ("Close all tabs that you don't need.", "Close the window and turn the heating off."),
    ("Turn off notifications for the next hour.", "Turn on the light and read for an hour."),
    ("Stretch your back for two minutes.", "Call your mother back for two minutes."),
    ("Plan tomorrow's first task tonight.", "Start with the hardest task for ten minutes."),
    ("Clear your desk for five minutes.", "Read your book for five minutes."),
    ("Batch the three phone calls into one block.", "Put your phone in another room while you read."),
    ("You have 12 open tasks: pick three for today.", "You have 4 overdue tasks: drop one of them."),
    ("Rest your eyes and look out of the window.", "Look at your calendar for the week."),
    ("Go to bed before eleven tonight.", "Go for a run before breakfast tomorrow."),
    ("Spend ten minutes on the tax return.", "Spend ten minutes on the garden."),
    ("Reply to the oldest e-mail in your inbox.", "Archive every newsletter in your inbox."),
    ("Mach einen kurzen Spaziergang um den Block.", "Mach eine kurze Liste für morgen."),
    ("Trink ein Glas Wasser.", "Wasch dein Auto."),
    ("", "Drink a glass of water now."),
)

NUMBERS = [[1, -1, -1, 0, -1, -2, 0, 0]]


@pytest.mark.parametrize("one_way", [True, False])
def test_most_paraphrases_are_recognised_and_hardly_any_other_pairs(one_way: bool) -> None:
    def recognised(pairs: tuple[tuple[str, str], ...]) -> int:
        ordered = [(one, other) if one_way else (other, one) for one, other in pairs]
        return sum(are_paraphrases([one], [other]) == [True] for one, other in ordered)

    assert (recognised(SAME), len(SAME)) == (19, 22)
    assert (recognised(DIFFERENT), len(DIFFERENT)) == (1, 20)


def test_each_text_is_compared_with_all_earlier_ones() -> None:
    earlier = ["Sort the post.", "Have a glass of water.", ""]
    assert are_paraphrases(["Drink a glass of water.", "Call Ann.", ""], earlier) == [True, False, True]
    assert are_paraphrases(["Call Ann."], []) == [False]
    assert are_paraphrases([], earlier) == []


def test_short_words_are_the_same_when_they_are_equal() -> None:
    assert are_paraphrases(["Go!", "Run!"], ["Go!"]) == [True, False]


def test_case_punctuation_short_words_and_figures_do_not_matter() -> None:
    one, other = embed(["Pick 3 of the 12 tasks.", "PICK, an; ... tasks"], HASH_DIM)
    assert one.tolist() == other.tolist()


def test_the_numbers_of_a_text_are_the_same_on_every_machine() -> None:
    assert embed(["Größe: 東京タワー and walk"], 8).tolist() == NUMBERS


def test_a_text_counts_up_to_the_length_of_a_first_line() -> None:
    line = "word " * (MAX_CHARS // 5)
    one, other = embed([line, line + "more"], 64)
    assert one.tolist() == other.tolist()


HOSTILE = st.lists(st.text(st.characters(), max_size=200), max_size=6)


@given(HOSTILE, st.sampled_from([3, 64]))
def test_a_row_depends_on_its_text_alone_and_its_direction_has_length_1_or_0(
    texts: list[str], width: int
) -> None:
    rows = embed(texts, width)
    assert rows.shape == (len(texts), width)
    assert (rows == np.rint(rows)).all()
    for text, row in zip(texts, rows, strict=True):
        assert embed([text], width)[0].tolist() == row.tolist()
    lengths = np.sqrt((directions(rows) ** 2).sum(axis=1))
    assert (np.isclose(lengths, 1) | (lengths == 0)).all()
