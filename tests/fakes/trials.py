"""Trials of the hold-out in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.records import Trial
from tests.fakes.tables import Tables


class FakeTrials:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, trial: Trial) -> None:
        self._tables.add("trials", trial.decision_id, trial)

    async def of(self, person_id: str) -> tuple[Trial, ...]:
        trials = self._tables.all("trials", person_id=person_id)
        return tuple(sorted(trials, key=lambda one: (one.decided_at, one.decision_id)))

    async def held_out(self, person_id: str, now: datetime) -> tuple[str, ...]:
        trials = self._tables.all("trials", person_id=person_id, held_out=True)
        return tuple(sorted({one.task_id for one in trials if one.ends_at > now}))

    async def done(self, task_id: str, at: datetime) -> None:
        for trial in self._tables.all("trials", task_id=task_id, done_at=None):
            if trial.decided_at <= at < trial.ends_at:
                self._tables.put("trials", trial.decision_id, replace(trial, done_at=at))

    async def undone(self, task_id: str, at: datetime) -> None:
        for trial in self._tables.all("trials", task_id=task_id, done_at=at):
            self._tables.put("trials", trial.decision_id, replace(trial, done_at=None))
