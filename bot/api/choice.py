"""The steps of a choice on their own: let the language model write candidates, let the policy score some."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, create_model

from bot.api.models import DueDate, Id, Input, Minutes, Name, Output, ShortText
from bot.api.operation import Call, Operation, Result
from bot.api.problems import Kind, Problem
from bot.api.tasks import Labels, Notes, Priority
from bot.api.tips import Candidate, Moment
from core.deciding.context import given_context
from core.deciding.decide import current_context
from core.deciding.llm_tips import write_tips
from core.deciding.score import score
from core.errors import LanguageModelUnavailable
from core.policies.features import FEATURES
from core.records import Context, FileTask, Purpose, Scope, Trigger
from core.tasks.file_tasks import cleaned

MAX_CANDIDATES = 100
MAX_GIVEN_TASKS = 50


class GivenTask(Input):
    """A task that oO need not know."""

    title: ShortText
    due: DueDate | None = None
    priority: Priority = 4
    minutes: Minutes | None = None
    labels: Labels = ()
    project: Name | None = None
    notes: Notes | None = None


class GenerateContext(Moment):
    """What the language model is told."""

    tasks: Annotated[list[GivenTask], Field(max_length=MAX_GIVEN_TASKS)] | None = Field(
        None, description="None: what oO knows about the person"
    )


class Generated(Output):
    """Tips that a language model has written; those with ``dropped`` failed a check."""

    candidates: list[Candidate]


async def _generate(call: Call) -> Result:
    if call.deps.model is None:
        raise LanguageModelUnavailable("none is set up")
    if not call.person.allows(Purpose.LANGUAGE_MODEL):
        raise Problem(Kind.MODEL_NOT_ALLOWED)
    written = await write_tips(await _context(call), call.deps)
    return Result(content=Generated.model_construct(candidates=[*map(Candidate.of, written)]))


async def _context(call: Call) -> Context:
    wanted: GenerateContext = call.body
    person, deps, zone, request = call.person, call.deps, call.zone, wanted.request()
    if wanted.tasks is None:
        return await current_context(person, deps, trigger=Trigger.REQUESTED, zone=zone, request=request)
    given = [cleaned(_file_task(one), now=deps.clock.now(), zone=zone) for one in wanted.tasks]
    async with deps.store.read() as unit:
        return await given_context(
            unit, person, [one for one in given if one], zone=zone, now=deps.clock.now(), request=request
        )


def _file_task(task: GivenTask) -> FileTask:
    values = task.model_dump(exclude={"due", "labels"})
    return FileTask(**values, due=task.due.record() if task.due else None, labels=task.labels)


_Value = Annotated[float, Field(allow_inf_nan=False)]
_FIELDS: dict[str, Any] = {
    feature.name: (_Value, Field(0.0, description=f"{feature.meaning}; {feature.low:g} to {feature.high:g}"))
    for feature in FEATURES
}
Features = create_model(
    "Features", __base__=Input, __doc__="Values outside of a range are clipped.", **_FIELDS
)


class ScoredInput(Input):
    """A candidate by its features."""

    id: Id
    features: Features


class ScoreInput(Input):
    """What is to be compared."""

    candidates: Annotated[list[ScoredInput], Field(min_length=1, max_length=MAX_CANDIDATES)]


class CandidateScore(Output):
    """What the policy makes of a candidate."""

    id: str
    score: float = Field(description="Its expected reward, as far as the policy estimates it")
    probability: float = Field(description="With which the policy would draw it")


class ScoreAnswer(Output):
    """Scores and the distribution; nothing is drawn or stored."""

    candidates: list[CandidateScore]
    policy_id: str
    model_version: str
    feature_version: str


async def _score(call: Call) -> Result:
    wanted: ScoreInput = call.body
    rows = [one.features.model_dump() for one in wanted.candidates]
    found = await score(call.person, call.deps, rows)
    each = zip(wanted.candidates, found.scores, found.probabilities, strict=True)
    return Result(
        content=ScoreAnswer.model_construct(
            candidates=[
                CandidateScore.model_construct(id=one.id, score=value, probability=chance)
                for one, value, chance in each
            ],
            policy_id=found.policy_id,
            model_version=found.model_version,
            feature_version=found.feature_version,
        )
    )


CHOICE = (
    Operation(
        name="generate_tips", method="POST", path="/v1/generate", scope=Scope.TIPS, run=_generate,
        summary="Let the language model write tips; nothing is chosen or stored", body=GenerateContext,
        answer=Generated, needs_zone=True,
        problems=(Kind.MODEL_NOT_ALLOWED, Kind.MODEL_UNUSABLE, Kind.MODEL_UNAVAILABLE),
    ),
    Operation(
        name="score_candidates", method="POST", path="/v1/score", scope=Scope.TIPS, run=_score,
        summary="What the policy makes of candidates with these features, for this person now",
        body=ScoreInput, answer=ScoreAnswer,
    ),
)  # fmt: skip
