"""Each week's knowledge, tried on the same situations: that shows learning where later weeks are harder."""

from __future__ import annotations

import numpy as np
import pytest

from bot.cli import loop
from bot.settings import load_settings
from bot.simulate.report import SimulationReport
from bot.simulate.run import SimulationSpec, simulate
from bot.simulate.situations import Situation, Situations
from bot.simulate.terminal_report import print_report

pytestmark = pytest.mark.xdist_group("simulated weeks")  # one worker lives them for all

FIRST, SECOND = np.array([1.0, 0.0]), np.array([0.0, 1.0])


def situation(person_id: str, *expected: float) -> Situation:
    """One candidate for each feature."""
    return Situation(person_id=person_id, features=np.eye(2), expected=np.array(expected))


def test_a_step_is_what_the_favourites_earn() -> None:
    situations = Situations()
    situations.add(situation("anna", 0.5, 0.1))
    situations.add(situation("ben", 0.2, 0.5))
    situations.week_over({"anna": FIRST, "ben": FIRST})
    situations.week_over({"anna": FIRST, "ben": SECOND})

    even, at_first, one, two, best = situations.steps(SECOND)

    assert even.earns == pytest.approx(0.325)
    assert at_first.earns == pytest.approx(0.3)
    assert (one.knows, two.knows) == ("what week 1 ended with", "what week 2 ended with")
    assert one.earns == pytest.approx(0.35)
    assert two.earns == pytest.approx(0.5)
    assert two.percent == pytest.approx(100)
    assert best.earns == pytest.approx(0.35)  # 0.35 for the first one, 0.3 for the second


def test_of_somebody_unknown_is_believed_what_was_assumed_at_first() -> None:
    situations = Situations()
    situations.add(situation("anna", 0.5, 0.1))
    situations.week_over({})

    _, at_first, week, _ = situations.steps(SECOND)

    assert week.earns == at_first.earns == pytest.approx(0.1)


def test_no_situation_no_step() -> None:
    assert Situations().steps(FIRST) == ()


def test_of_many_situations_some_of_every_time_are_kept() -> None:
    situations = Situations(most=10)
    for number in range(1000):
        situations.add(situation("anna", number / 1000, 0.0))

    even = situations.steps(FIRST)[0]

    assert even.earns == pytest.approx(0.25, abs=0.05)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> SimulationReport:
    settings = load_settings({}, tmp_path_factory.mktemp("simulated"))
    plan = SimulationSpec(people=2, days=8, seed=1)
    return loop.run(simulate(settings, plan, keep=None, on_day=lambda day: None))


def test_a_report_says_what_each_week_ended_with(report: SimulationReport) -> None:
    assert [step.knows for step in report.knowledge] == [
        "nothing (an even choice)",
        "what is assumed at first",
        "what week 1 ended with",
        "what week 2 ended with",  # of one day
        "the best weights for all, in hindsight",
    ]
    assert report.reward is not None
    even = report.knowledge[0]
    assert even.earns == pytest.approx(report.reward.uniform)
    assert even.percent == pytest.approx(report.reward.percent_uniform)
    assert all(0 < step.percent <= 100 for step in report.knowledge)


def test_a_week_changes_what_is_known(report: SimulationReport) -> None:
    _, at_first, after_a_week, at_last, _ = report.knowledge
    assert len({at_first.earns, after_a_week.earns, at_last.earns}) == 3


def test_the_steps_are_printed(report: SimulationReport, capsys: pytest.CaptureFixture[str]) -> None:
    print_report(report)

    printed = capsys.readouterr().out
    assert "All situations again, with what was known when" in printed
    assert "what week 1 ended with" in printed
