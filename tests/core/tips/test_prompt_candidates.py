"""A language model's answer becomes clean candidates with their origin, never too many."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LanguageModelUnavailable
from core.records import TipCandidate, TipKind, TipSource
from core.tips.prompt import MAX_LINE_CHARS, parse_tips
from tests.core.moments import CONTEXT, parsed, tip

ANYTHING = st.text(st.characters())  # lone surrogates too


def test_a_good_tip_becomes_a_candidate_with_its_origin() -> None:
    assert parsed(tip()) == (
        TipCandidate(
            candidate_id="llm:1",
            kind=TipKind.ADVICE,
            source=TipSource.LLM,
            content="Water the plants now.",
            rationale="It is quick.",
            topic="home",
            task_id="id of Water the plants",
            fact_ids=("t2",),
            minutes=5,
            prompt_version="tip-v1",
            llm_model="m",
        ),
    )


def test_a_tip_that_rests_on_two_tasks_is_about_neither() -> None:
    (both,) = parsed(tip("Pay rent, then water the plants.", fact_ids=["t1", "t2", "load"]))
    assert (both.task_id, both.fact_ids, both.dropped) == (None, ("t1", "t2", "load"), None)
    (none,) = parsed(tip("Look at your tasks.", fact_ids=["load"]))
    assert (none.task_id, none.dropped) == (None, None)


def test_a_fact_named_twice_counts_once() -> None:
    (candidate,) = parsed(tip(fact_ids=["t2", "t2", "now"]))
    assert (candidate.fact_ids, candidate.dropped) == (("t2", "now"), None)


def test_there_are_never_more_candidates_than_were_asked_for() -> None:
    assert len(parsed(*[tip()] * 9, count=3)) == 3
    assert parsed() == ()
    assert parsed("tip", 1, None, [tip()]) == ()
    assert [one.candidate_id for one in parsed("tip", tip(), tip())] == ["llm:1", "llm:2"]


@pytest.mark.parametrize("answer", [{}, {"tips": None}, {"tips": {"0": tip()}}, {"tip": [tip()]}])
def test_an_answer_without_a_list_of_tips_is_unusable(answer: dict[str, object]) -> None:
    with pytest.raises(LanguageModelUnavailable, match="no list of tips"):
        parse_tips(answer, CONTEXT, model="m", version="v", count=3)


@pytest.mark.parametrize("minutes", [None, 0, -5, 481, 10**30, 2.5, "10", True, [10]])
def test_minutes_are_a_sensible_number_or_unknown(minutes: object) -> None:
    (candidate,) = parsed(tip(minutes=minutes))
    assert (candidate.minutes, candidate.dropped) == (None, None)


@pytest.mark.parametrize(
    ("topic", "kept"),
    [
        ("Home", "home"),
        ("deep work", "deep work"),
        ("straße", "straße"),
        ("家事", "家事"),
        ("", None),
        (None, None),
        (7, None),
        ("evil.com", None),
        ("@channel", None),
        ("/delete", None),
        ("<b>", None),
        ("a\nb", "a b"),
        ("one two three four", None),
        ("x" * 31, None),
        ("\u202ehome", "home"),
    ],
)
def test_a_topic_is_a_few_plain_words_or_none(topic: object, kept: str | None) -> None:
    (candidate,) = parsed(tip(topic=topic))
    assert candidate.topic == kept


def test_lines_are_cleaned_and_cut() -> None:
    hostile = "Water\u202e the\x00 plants\u200b\n\n\ud800now. " + "Go on. " * 60
    (candidate,) = parsed(tip(hostile, rationale="It\tis\r\nquick."))
    assert candidate.content.startswith("Water the plants now. Go on.")
    assert len(candidate.content) <= MAX_LINE_CHARS
    assert candidate.rationale == "It is quick."


@given(
    content=ANYTHING,
    rationale=ANYTHING,
    fact_ids=st.lists(st.sampled_from(["now", "load", "t1", "t2", "t9", ""]) | ANYTHING, max_size=4),
    rest=st.dictionaries(
        st.sampled_from(["minutes", "topic", "x"]),
        st.none() | st.integers() | st.booleans() | ANYTHING | st.lists(st.integers(), max_size=2),
    ),
)
def test_whatever_a_model_writes_a_candidate_is_clean(
    content: str, rationale: str, fact_ids: list[str], rest: dict[str, object]
) -> None:
    fields = {"content": content, "rationale": rationale, "fact_ids": fact_ids, **rest}
    (candidate,) = parsed(fields)
    shown = [candidate.content, candidate.rationale, candidate.topic or ""]
    for text in shown:
        assert len(text) <= MAX_LINE_CHARS
        assert not any(unicodedata.category(char) in ("Cc", "Cs", "Co") for char in text)
        text.encode()
    if candidate.dropped is None:
        assert candidate.content
        assert candidate.fact_ids
        assert set(candidate.fact_ids) == set(fact_ids)
