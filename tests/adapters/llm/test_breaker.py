"""What keeps failing is left alone, and tried again by one call at a time."""

import pytest

from adapters.llm.breaker import Breaker


class Seconds:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def broken(seconds: Seconds) -> Breaker:
    breaker = Breaker(seconds)
    for _ in range(3):
        assert breaker.lets_through()
        breaker.failed()
    return breaker


def test_two_failures_are_bad_luck(seconds: Seconds) -> None:
    breaker = Breaker(seconds)
    for _ in range(5):
        breaker.failed()
        breaker.failed()
        assert breaker.lets_through()
        breaker.succeeded()


def test_three_failures_in_a_row_are_followed_by_half_a_minute_of_rest(
    broken: Breaker, seconds: Seconds
) -> None:
    assert not broken.lets_through()
    seconds.now += 29.9
    assert not broken.lets_through()
    seconds.now += 0.1
    assert broken.lets_through()


def test_after_the_rest_one_call_tries_for_all(broken: Breaker, seconds: Seconds) -> None:
    seconds.now += 30
    assert [broken.lets_through() for _ in range(3)] == [True, False, False]


def test_if_it_fails_the_rest_begins_anew(broken: Breaker, seconds: Seconds) -> None:
    seconds.now += 30
    assert broken.lets_through()
    seconds.now += 20
    broken.failed()
    seconds.now += 29
    assert not broken.lets_through()
    seconds.now += 1
    assert broken.lets_through()


def test_if_it_works_all_is_well(broken: Breaker, seconds: Seconds) -> None:
    seconds.now += 30
    assert broken.lets_through()
    broken.succeeded()
    assert [broken.lets_through() for _ in range(3)] == [True, True, True]
    broken.failed()
    assert broken.lets_through()


def test_if_it_is_given_up_the_next_one_tries_after_another_rest(broken: Breaker, seconds: Seconds) -> None:
    seconds.now += 30
    assert broken.lets_through()
    seconds.now += 30
    assert broken.lets_through()
