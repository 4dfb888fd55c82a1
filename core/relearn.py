"""Everything that was learned, worked out anew from the log of rewards.

Needed when the features change (``FEATURE_VERSION``), and when what was stored is damaged: the log holds
every context and candidate as they were, so nothing that people taught is lost.
"""

from __future__ import annotations

import logging
from collections import defaultdict

from core.bandit.statistics import Statistics
from core.features import DIMENSION, FEATURE_VERSION
from core.learn import POPULATION, kept, lesson, recalled
from core.store import Unit
from core.world import World

log = logging.getLogger(__name__)

PAGE = 500


async def relearn_if_needed(world: World) -> bool:
    """Relearn when what is stored can't be read as it is; says whether it was so."""
    async with world.store.begin() as unit:
        stored = await unit.learning.read(POPULATION)
        try:
            recalled(stored.get(POPULATION))
        except ValueError as fault:
            log.warning("learning anew from the log: %s", fault)
        else:
            return False
        learned = await _from_log(unit)
        await unit.learning.clear()
        await unit.learning.write({scope: kept(statistics) for scope, statistics in learned.items()})
    log.info("learned anew, features %s, from %d rewards", FEATURE_VERSION, learned[POPULATION].count)
    return True


async def _from_log(unit: Unit) -> dict[str, Statistics]:
    """What all standing rewards teach, by scope."""
    learned: defaultdict[str, Statistics] = defaultdict(lambda: Statistics.empty(DIMENSION))
    learned[POPULATION] = Statistics.empty(DIMENSION)
    after = ""
    while page := await unit.reactions.rewards(after, PAGE):
        for given in page:
            features = lesson(await unit.decisions.get(given.decision_id)) if given.learned else None
            if features:
                for scope in (POPULATION, given.person_id):
                    learned[scope] = learned[scope].plus(features, given.value)
        after = page[-1].decision_id
    return learned
