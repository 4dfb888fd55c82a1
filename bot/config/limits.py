"""The sections of config.yaml that limit what is spent and how long rows are kept.

Tests: tests/bot/config/test_documents.py, tests/bot/config/test_limits.py.
"""

from __future__ import annotations

from typing import Annotated, Self, get_args

from pydantic import Field, model_validator

from bot.config.sections import DAY, DEFAULTS, Alias, Section
from core.dependencies import BudgetRules, Price, RetentionRules
from core.records import MICROS, Spending

BUDGET, RETENTION = DEFAULTS.budget, DEFAULTS.retention

MillionPrice = Annotated[float, Field(ge=0, le=1_000_000)]
NO_PRICES: dict[Alias, float] = {"tip-generator": 0, "embedder": 0}


class BudgetSection(Section):
    """How much the language model may be used on a day (UTC); 0 is no limit. When it is spent, tips go on
    without the model, and the owner is told once.
    """

    calls: int = Field(BUDGET.in_all.calls, ge=0, description="calls in all")
    tokens: int = Field(BUDGET.in_all.tokens, ge=0, description="tokens of prompts and answers in all")
    money: float = Field(
        BUDGET.in_all.micros / MICROS,
        ge=0,
        le=1_000_000,
        description="money in all, in the currency of the prices",
    )
    calls_per_person: int = Field(BUDGET.per_person.calls, ge=0, description="calls for each person")
    tokens_per_person: int = Field(BUDGET.per_person.tokens, ge=0, description="tokens for each person")
    money_per_person: float = Field(
        BUDGET.per_person.micros / MICROS, ge=0, le=1_000_000, description="money for each person"
    )
    input_prices: dict[Alias, MillionPrice] = Field(
        NO_PRICES, description="alias: price of a million tokens of prompts; 0 for a model of your own"
    )
    output_prices: dict[Alias, MillionPrice] = Field(
        NO_PRICES, description="alias: price of a million tokens of answers"
    )

    @model_validator(mode="after")
    def _money_needs_prices(self) -> Self:
        is_limited = self.money or self.money_per_person
        if is_limited and not any((*self.input_prices.values(), *self.output_prices.values())):
            raise ValueError("a limit of money needs input_prices or output_prices")
        return self

    def _price(self, alias: Alias) -> Price:
        """The price of a million tokens in money is that of one token in micros."""
        return Price(
            input=float(self.input_prices.get(alias, 0)), output=float(self.output_prices.get(alias, 0))
        )

    def rules(self) -> BudgetRules:
        """The core's rules of this section."""
        return BudgetRules(
            in_all=Spending(calls=self.calls, tokens=self.tokens, micros=round(self.money * MICROS)),
            per_person=Spending(
                calls=self.calls_per_person,
                tokens=self.tokens_per_person,
                micros=round(self.money_per_person * MICROS),
            ),
            prices={alias: price for alias in get_args(Alias) if (price := self._price(alias)) != Price()},
        )


Days = Annotated[int, Field(ge=1, le=36_500)]
DaysOfTexts = Annotated[int, Field(ge=60, le=36_500)]
"""What oO looks back at is younger."""
DaysOrAlways = Annotated[int, Field(ge=0, le=36_500)]


class RetentionSection(Section):
    """For how many days rows of a table are kept. What is not named here stays until `/delete`."""

    updates: Days = Field(
        RETENTION.updates // DAY,
        description="numbers of handled updates, so that none is handled twice (`inbox`)",
    )
    buttons: Days = Field(
        RETENTION.buttons // DAY, description="what the buttons under a message mean (`handles`)"
    )
    messages: Days = Field(
        RETENTION.messages // DAY, description="what a message was about, for replies to it (`messages`)"
    )
    imports: Days = Field(
        RETENTION.imports // DAY, description="which tasks a file of tasks added (`task_imports`)"
    )
    vectors: Days = Field(
        RETENTION.vectors // DAY,
        description="embeddings of texts (`embeddings`); no text is used for longer than 60",
    )
    events: DaysOrAlways = Field(
        RETENTION.events // DAY,
        description="what happened to a person, as ids and numbers (`events`); 0: always",
    )
    decision_texts: DaysOfTexts | None = Field(
        RETENTION.decision_texts // DAY if RETENTION.decision_texts else None,
        description="texts in decisions: of tips, titles and facts; features, probabilities and rewards stay"
        " (`decisions`, `tip_scores`); empty: as long as the decisions",
    )
    spending: Days = Field(
        RETENTION.spending // DAY, description="what the language model was used for (`spending`)"
    )

    def rules(self) -> RetentionRules:
        """The core's rules of this section."""
        kept = {name: days * DAY for name, days in self.model_dump().items() if days is not None}
        return RetentionRules(**kept)
