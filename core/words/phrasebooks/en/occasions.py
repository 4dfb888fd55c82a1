"""Which English words of a task say that it is in the morning or in the evening.

Tests: tests/core/words/dates/test_occasions.py.
"""

from __future__ import annotations

MORNINGS = r"wake|waking|wake-?up|(?:get|getting) up|breakfast|sunrise"
EVENINGS = (
    r"dinner|supper|drinks|cinema|movies?|concert|gig|party|pub|(?:the|a|cocktail) bar|theat(?:re|er)|opera"
    r"|nightclub|night out|(?<!play )(?<!coffee )(?<!lunch )(?<!brunch )date (?:with|night)|^bar\b|bar with"
    r"|beers? with|^beers?\b(?! (?:delivery|order))|(?:have|grab|drink) (?:a |some )?(?:beers?|wine|pints?)"
    r"|pints? with|^pints\b|for (?:beers|pints|cocktails|tapas)|cocktails|tapas|karaoke|quiz night"
    r"|wine (?:with|tasting)|watch (?:the )?(?:game|match)|(?:eat|dine|dining) out|pizza with"
    r"|cook(?:ing)? for (?!the (?:week|freezer|dog|cat)|lunch|breakfast)\w+"
)
EVENING_ORDERS = (
    r"order (?:in\b|(?:a |an |some |the |\d )?(?:pizzas?|sushi|take-?away|take-?out|curry|burgers?|dinner))"
)
"""What is ordered for the evening, though ``OTHER_ERRANDS`` has its verb."""

MIDDAYS = r"lunch"
EARLY_ON_A_DAY = (
    r"(?:to|at|for) (?:the )?airport|^(?:the )?airport|^(?:my |our |the )?(?:flight|plane)"
    r"|^(?:my |our |the )?train(?: (?:to|from|home|back)\b.*)?$"
    r"|(?:catch|take) (?:an? |the |my |our )?(?:\w+ )?(?:flight|plane|train)"
    r"|(?:^|set (?:an?|the|my) )alarm(?: clock)?$"
)
"""What is in the morning if a day is said; without one it rather is today, and still ahead."""

OTHER_ERRANDS = (
    r"buy|book|order|call|ring|phone|e?mail|text|write|ask|pay|pick up|collect|plan|cancel|reserve"
    r"|invite|tickets?|reservations?|table|shop"
)
"""With one of them, a task only prepares such an occasion: "book the dinner"."""
