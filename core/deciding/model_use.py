"""The language model for one person: every call is allowed by them, and within the budget.

Both are checked in one transaction right before each call, which also reserves the most that the call can
cost. A call is made while less than the budget is spent and reserved, so however many calls are made at once,
together they exceed it by less than the maximum of one. Afterwards the reservation is replaced by what
the call cost. A call that was cancelled, or whose answer was late or empty, keeps its reservation: the server
may have worked. One that the server refused is a call without tokens; one that was not made costs nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.dependencies import Dependencies, Price
from core.errors import AnswerLost, BudgetSpent, LanguageModelUnavailable, NotAsked, StoreUnavailable
from core.incidents import end, notice
from core.learning.model_state import allows
from core.ports import Completion, Embedded, LanguageModel, Turn
from core.records import IncidentKind, Purpose, Spending
from core.store import NOBODY, Unit

log = logging.getLogger(__name__)

MAX_OUTPUT_TOKENS = 1500 + 6000
"""The most that a model may write for one answer: it is asked once more, with the larger limit, if thinking
used up the smaller one (``adapters/llm/litellm_model.py``).
"""

MAX_REQUESTS = 2
"""Requests for one answer that a model can work on."""

TOKENS_PER_TURN = 16
"""Tokens that a chat template adds to a turn, at most."""

SPENT_NOTE = "budget_spent"
"""Key of the note of oO that holds the last day on which a budget was spent, and whether the owner knows."""

EVERYBODY, ONE_PERSON = "everybody", "one_person"
"""Whose budget is spent, as an incident says it."""

UNTOLD, TOLD = "untold", "told"


def model_for(person_id: str, deps: Dependencies) -> LanguageModel | None:
    """The language model for texts about this person; None if none is set up."""
    return PersonalModel(person_id=person_id, deps=deps, model=deps.model) if deps.model else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalModel:
    """Implements ``LanguageModel``. Raises ``LanguageModelUnavailable`` also if the person does not allow it,
    and ``BudgetSpent``.
    """

    person_id: str
    deps: Dependencies
    model: LanguageModel

    async def complete(
        self, alias: str, turns: Sequence[Turn], *, schema: Mapping[str, object], deadline: timedelta
    ) -> Completion:
        """As ``LanguageModel.complete``."""
        read = sum(_most_tokens(turn.content) + TOKENS_PER_TURN for turn in turns)
        price = self._price(alias)
        most = _cost(price, read * MAX_REQUESTS, MAX_OUTPUT_TOKENS)
        day = await self._reserve(most)
        try:
            answer = await self.model.complete(alias, turns, schema=schema, deadline=deadline)
        except LanguageModelUnavailable as fault:
            await self._settle(alias, day, most, _cost_of_failure(fault, price, most))
            raise
        if answer.input_tokens is not None and answer.output_tokens is not None:
            spent = _cost(price, answer.input_tokens, answer.output_tokens)
        else:
            spent = _cost(price, read, _most_tokens(answer.text + answer.thoughts))
        await self._settle(alias, day, most, spent)
        return answer

    def is_awake(self, alias: str) -> bool:
        """As ``LanguageModel.is_awake``."""
        return self.model.is_awake(alias)

    async def embed(self, alias: str, texts: Sequence[str], *, deadline: timedelta) -> Embedded:
        """As ``LanguageModel.embed``."""
        price, most_tokens = self._price(alias), sum(_most_tokens(text) + TOKENS_PER_TURN for text in texts)
        most = _cost(price, most_tokens, 0)
        day = await self._reserve(most)
        try:
            found = await self.model.embed(alias, texts, deadline=deadline)
        except LanguageModelUnavailable as fault:
            await self._settle(alias, day, most, _cost_of_failure(fault, price, most))
            raise
        read = most_tokens if found.input_tokens is None else found.input_tokens
        await self._settle(alias, day, most, _cost(price, read, 0))
        return found

    def _price(self, alias: str) -> Price:
        return self.deps.rules.budget.prices.get(alias, Price())

    async def _reserve(self, most: Spending) -> date:
        """Reserve ``most`` on today, which is returned."""
        now = self.deps.clock.now()
        day = now.date()
        try:
            async with self.deps.store.begin(self.person_id) as unit:
                if not await allows(unit, self.person_id, Purpose.LANGUAGE_MODEL):
                    raise NotAsked("the person does not allow it")
                spent = await self._spent_budget(unit, day)
                if spent is None:
                    await unit.spending.add(day, self.person_id, most)
                else:
                    await _note_spent(unit, day)
                    await notice(unit, IncidentKind.BUDGET_SPENT, now, spent)
        except StoreUnavailable as trouble:
            raise NotAsked("its use can't be recorded") from trouble
        if spent is not None:
            raise BudgetSpent("its budget of the day is spent")
        return day

    async def _spent_budget(self, unit: Unit, day: date) -> str | None:
        """Whose budget is spent, ``EVERYBODY`` or ``ONE_PERSON``; None if there is some left."""
        budget = self.deps.rules.budget
        if (await unit.spending.of(day, None)).reaches(budget.in_all):
            return EVERYBODY
        is_spent = (await unit.spending.of(day, self.person_id)).reaches(budget.per_person)
        return ONE_PERSON if is_spent else None

    async def _settle(self, alias: str, day: date, reserved: Spending, spent: Spending) -> None:
        """Replace a reservation by what was spent. If the store fails, the reservation stays."""
        now = self.deps.clock.now()
        try:
            async with self.deps.store.begin(self.person_id) as unit:
                await unit.spending.add(day, self.person_id, spent.minus(reserved))
                if spent.failures:
                    await notice(unit, IncidentKind.MODEL_FAILING, now, alias)
                elif spent.calls:
                    await end(unit, IncidentKind.MODEL_FAILING, now, alias)
        except StoreUnavailable:
            log.warning("what a call of the language model cost could not be stored; its maximum counts")


def _most_tokens(text: str) -> int:
    """The most tokens that ``text`` can have: no token is shorter than a byte."""
    return len(text.encode(errors="replace"))


def _cost(price: Price, read: int, written: int) -> Spending:
    """One call with these tokens."""
    return Spending(calls=1, tokens=read + written, micros=round(read * price.input + written * price.output))


def _cost_of_failure(fault: LanguageModelUnavailable, price: Price, most: Spending) -> Spending:
    if isinstance(fault, NotAsked):
        return Spending()
    spent = most if isinstance(fault, AnswerLost) else _cost(price, 0, 0)
    return replace(spent, failures=1)


# --- The owner is told -------------------------------------------------------------------------------------


async def _note_spent(unit: Unit, day: date) -> None:
    """Remember that a budget was spent on this day, so that the owner is told once."""
    note = await unit.notes.get(None, SPENT_NOTE)
    if note is None or note.partition(" ")[0] != day.isoformat():
        await unit.notes.put(None, SPENT_NOTE, f"{day.isoformat()} {UNTOLD}")


async def take_spent_notice(deps: Dependencies) -> bool:
    """Whether the owner is to be told now that a budget was spent today. True once a day."""
    day = deps.clock.now().date().isoformat()
    untold = f"{day} {UNTOLD}"
    async with deps.store.read() as unit:
        if await unit.notes.get(None, SPENT_NOTE) != untold:
            return False
    async with deps.store.begin(NOBODY) as unit:
        if await unit.notes.get(None, SPENT_NOTE) != untold:
            return False
        await unit.notes.put(None, SPENT_NOTE, f"{day} {TOLD}")
    return True
