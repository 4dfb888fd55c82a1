"""After failures in a row calls are refused, and one call at a time tries again."""

import pytest

from adapters.llm.circuit_breaker import CircuitBreaker


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
def broken(seconds: Seconds) -> CircuitBreaker:
    breaker = CircuitBreaker(seconds)
    for _ in range(3):
        assert breaker.allows_call()
        breaker.record_failure()
    return breaker


def test_two_failures_in_a_row_do_not_open_the_breaker(seconds: Seconds) -> None:
    breaker = CircuitBreaker(seconds)
    for _ in range(5):
        breaker.record_failure()
        breaker.record_failure()
        assert breaker.allows_call()
        breaker.record_success()


def test_three_failures_in_a_row_open_the_breaker_for_half_a_minute(
    broken: CircuitBreaker, seconds: Seconds
) -> None:
    assert not broken.allows_call()
    seconds.now += 29.9
    assert not broken.allows_call()
    seconds.now += 0.1
    assert broken.allows_call()


def test_after_the_pause_one_call_tries(broken: CircuitBreaker, seconds: Seconds) -> None:
    seconds.now += 30
    assert [broken.allows_call() for _ in range(3)] == [True, False, False]


def test_if_the_trial_fails_another_pause_begins(broken: CircuitBreaker, seconds: Seconds) -> None:
    seconds.now += 30
    assert broken.allows_call()
    seconds.now += 20
    broken.record_failure()
    seconds.now += 29
    assert not broken.allows_call()
    seconds.now += 1
    assert broken.allows_call()


def test_if_the_trial_succeeds_the_breaker_closes(broken: CircuitBreaker, seconds: Seconds) -> None:
    seconds.now += 30
    assert broken.allows_call()
    broken.record_success()
    assert [broken.allows_call() for _ in range(3)] == [True, True, True]
    broken.record_failure()
    assert broken.allows_call()


def test_if_the_trial_is_cancelled_another_follows_after_a_pause(
    broken: CircuitBreaker, seconds: Seconds
) -> None:
    seconds.now += 30
    assert broken.allows_call()
    seconds.now += 30
    assert broken.allows_call()
