"""Records to store: small, complete, each with what a case says about it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from core.chat import Channel, Said, Sender
from core.records import (
    Account,
    Context,
    Correction,
    CorrectionState,
    DayTimes,
    Decision,
    Delivery,
    DeliveryState,
    Draw,
    Event,
    Integration,
    MutedDays,
    Person,
    Preferences,
    PromptDraw,
    QuietWindow,
    Reaction,
    ReactionKind,
    Reason,
    Redelivery,
    Refusal,
    Revocation,
    Reward,
    ScoredCandidate,
    SealedKey,
    SealedSecret,
    Shadow,
    Signal,
    Snapshot,
    Snooze,
    Speaker,
    TalkTurn,
    Task,
    TipCandidate,
    TipKind,
    TipSource,
    TokenStatus,
    Trial,
    Trigger,
)
from core.store import ButtonTokens, Mentioned, Unit
from tests.decisions import altered

NOW = datetime(2026, 5, 6, 9, 30, 15, 123456, tzinfo=UTC)  # a Wednesday
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def person(person_id: str = "ada", **fields: Any) -> Person:
    return Person(**{"person_id": person_id, "created_at": NOW, **fields})


def preferences() -> Preferences:
    """Nothing as it is by default."""
    return Preferences(
        times=(DayTimes(days=(0, 2), times=(time(8, 15), time(20))),),
        quiet=(QuietWindow(start=time(23, 30), end=time(6), days=(5, 6)),),
        cap=7,
        muted=("sport", "größe"),
        muted_days=(MutedDays(topic="arbeit", days=(5, 6)),),
    )


def account(account_id: str = "a1", **fields: Any) -> Account:
    place = {"channel": Channel.TELEGRAM, "external_id": f"u-{account_id}", "address": f"chat-{account_id}"}
    return Account(**{"account_id": account_id, "person_id": "ada", "last_seen_at": NOW, **place, **fields})


def task(task_id: str = "t1", **fields: Any) -> Task:
    return Task(
        **{"task_id": task_id, "person_id": "ada", "title": "Water the ferns", "created_at": NOW, **fields}
    )


def tip(candidate_id: str = "c1", **fields: Any) -> TipCandidate:
    return TipCandidate(
        **{
            "candidate_id": candidate_id,
            "kind": TipKind.TASK,
            "source": TipSource.TASKS,
            "content": "Water the ferns now?",
            "rationale": "Due today.",
            "topic": "garden",
            "task_id": "t1",
            "fact_ids": ("t1", "now"),
            "minutes": 5,
            "prompt_version": "p3",
            "llm_model": "tiny",
            **fields,
        }
    )


def silence(candidate_id: str = "c0") -> TipCandidate:
    return TipCandidate(candidate_id=candidate_id, kind=TipKind.SILENCE, source=TipSource.NONE)


def scored(candidate: TipCandidate, probability: float = 0.5) -> ScoredCandidate:
    return ScoredCandidate(
        candidate=candidate, features=(1.0, 0.1, -3e-300), score=0.1 + 0.2, probability=probability
    )


def context() -> Context:
    return Context(
        now=NOW, zone="Europe/Berlin", trigger=Trigger.SCHEDULED, tasks=(task(),), open_tasks=1, muted=("tv",)
    )


def decision(decision_id: str = "d1", **fields: Any) -> Decision:
    """A decision that chose the tip ``c1``; silence was the other candidate."""
    drawn = Draw(
        context=context(),
        policy_id="linear",
        model_version="m1",
        feature_version="1",
        seed=2**63 - 1,
        floor=0.05,
        action="c1",
        propensity=0.5,
        candidates=(scored(silence()), scored(tip())),
        shadows=(
            Shadow(policy_id="uniform", model_version="u1", probabilities=(0.5, 0.5)),
            Shadow(policy_id="greedy", model_version="g1", probabilities=(0.0, 1.0)),
        ),
        prompt=PromptDraw(version="p3", chance=0.5, seed=2**63 - 1),
    )
    whole = Decision(
        decision_id=decision_id,
        person_id="ada",
        trigger=Trigger.SCHEDULED,
        slot=None,
        decided_at=NOW,
        result=drawn,
        latency_ms={"context": 1.25, "score": 3.0},
    )
    return altered(whole, **fields)


def redelivery(decision_id: str, *, even_if_quiet: bool) -> Decision:
    """A snoozed tip that comes back."""
    policy_id = "promise_quiet" if even_if_quiet else "promise"
    drawn = decision(policy_id=policy_id, candidates=(scored(tip(), 1.0),), propensity=1.0, shadows=()).draw
    assert drawn is not None
    result = Redelivery(draw=drawn, even_if_quiet=even_if_quiet)
    return decision(decision_id, trigger=Trigger.SNOOZED, slot=f"snooze:{decision_id}", result=result)


def refusal(
    decision_id: str, *, reason: Reason = Reason.PAUSED, until: datetime | None = NOW + DAY, **fields: Any
) -> Decision:
    return Decision(
        **{
            "decision_id": decision_id,
            "person_id": "ada",
            "trigger": Trigger.SCHEDULED,
            "slot": None,
            "decided_at": NOW,
            "result": Refusal(reason=reason, until=until),
            **fields,
        }
    )


def trial(decision_id: str = "d1", **fields: Any) -> Trial:
    """Sent, and its day is over in half a day."""
    return Trial(
        **{
            "decision_id": decision_id,
            "person_id": "ada",
            "task_id": "t1",
            "decided_at": NOW,
            "chance": 0.15,
            "held_out": False,
            "ends_at": NOW + DAY / 2,
            **fields,
        }
    )


def snapshot(model_version: str = "m1") -> Snapshot:
    return Snapshot(
        model_version=model_version, policy_id="linear", feature_version="1", weights=(0.1, -0.0, 1e308)
    )


def delivery(decision_id: str = "d1", **fields: Any) -> Delivery:
    return Delivery(
        **{
            "delivery_id": f"v-{decision_id}",
            "decision_id": decision_id,
            "person_id": "ada",
            "account_id": "a1",
            "state": DeliveryState.SENT,
            "reserved_at": NOW,
            "changed_at": NOW,
            **fields,
        }
    )


async def serve(
    unit: Unit, name: str, at: datetime, state: DeliveryState = DeliveryState.SENT, **fields: object
) -> None:
    """Store a decision with its delivery."""
    await unit.decisions.add(decision(name, decided_at=at, **fields), None)
    await unit.deliveries.add(delivery(name, state=state, reserved_at=at))


def reaction(reaction_id: str = "r1", **fields: Any) -> Reaction:
    return Reaction(
        **{
            "reaction_id": reaction_id,
            "decision_id": "d1",
            "person_id": "ada",
            "kind": ReactionKind.DONE,
            "reacted_at": NOW + HOUR,
            **fields,
        }
    )


def reward(decision_id: str = "d1", **fields: Any) -> Reward:
    return Reward(
        **{
            "decision_id": decision_id,
            "person_id": "ada",
            "value": 1.0,
            "source": Signal.DONE,
            "given_at": NOW + HOUR,
            **fields,
        }
    )


def correction(correction_id: str = "k1", **fields: Any) -> Correction:
    return Correction(
        **{
            "correction_id": correction_id,
            "person_id": "ada",
            "belief": "topic:größe",
            "state": CorrectionState.WRONG,
            "decisions": ("d1", "d2"),
            "feature_version": "2",
            "features": (1.0, -0.0, 1 / 1024),
            "value": -0.25,
            "count": 4,
            "given_at": NOW + HOUR,
            **fields,
        }
    )


def snooze(snooze_id: str = "z1", **fields: Any) -> Snooze:
    return Snooze(
        **{
            "snooze_id": snooze_id,
            "decision_id": "d1",
            "person_id": "ada",
            "until": NOW + 2 * HOUR,
            **fields,
        }
    )


def handle(name: str = "h1", **fields: Any) -> ButtonTokens:
    return ButtonTokens(
        **{
            "handle": name,
            "person_id": "ada",
            "subject": "d1",
            "actions": ("done", "snooze 2h"),
            "created_at": NOW,
            **fields,
        }
    )


def mentioned(message_id: str = "1", **fields: Any) -> Mentioned:
    return Mentioned(
        **{"account_id": "a1", "message_id": message_id, "person_id": "ada", "sent_at": NOW, **fields}
    )


def turn(text: str, at: datetime, **fields: Any) -> TalkTurn:
    return TalkTurn(**{"person_id": "ada", "speaker": Speaker.PERSON, "text": text, "said_at": at, **fields})


def event(event_id: str = "e1", **fields: Any) -> Event:
    return Event(
        **{"event_id": event_id, "kind": "tip.sent", "happened_at": NOW, "person_id": "ada", **fields}
    )


def said(update_id: str = "1", external_id: str = "u-a1", **fields: Any) -> Said:
    sender = Sender(channel=Channel.TELEGRAM, external_id=external_id, address="chat-a1", language="de")
    return Said(**{"update_id": update_id, "sender": sender, "received_at": NOW, "text": "hello", **fields})


def integration(**fields: Any) -> Integration:
    usual = {"person_id": "ada", "provider": "todoist", "status": TokenStatus.CONNECTED, "changed_at": NOW}
    return Integration(**{**usual, **fields})


def sealed_key(key_id: str, **fields: Any) -> SealedKey:
    usual = {"person_id": "ada", "key_id": key_id, "vault_key_id": "v1", "ciphertext": b"\x00 key"}
    return SealedKey(**{**usual, **fields})


def revocation(revocation_id: str, **fields: Any) -> Revocation:
    usual = {
        "revocation_id": revocation_id,
        "provider": "todoist",
        "queued_at": NOW,
        "not_before": NOW,
        "vault_key_id": "v1",
        "ciphertext": b"\xff tokens",
    }
    return Revocation(**{**usual, **fields})


def sealed_secret(provider: str, key_id: str, **fields: Any) -> SealedSecret:
    usual = {"person_id": "ada", "provider": provider, "key_id": key_id, "ciphertext": b"\xff secret"}
    return SealedSecret(**{**usual, **fields})
