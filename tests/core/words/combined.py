"""How words for a time are put together in three languages: a word that leads, a day, a time."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """A to-do with a day and maybe a time: ``plain`` is the same without what leads and without the time."""

    title: str
    plain: str
    typed: str
    timed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    title: str
    leads: str
    days: str
    times: str

    def combinations(self) -> st.SearchStrategy[Combined]:
        """Every lead, with every day, with every time."""
        return st.builds(
            self._combined,
            st.sampled_from(["", *_listed(self.leads)]),
            st.sampled_from(_listed(self.days)),
            st.sampled_from(["", *_listed(self.times)]),
        )

    def _combined(self, lead: str, day: str, time: str) -> Combined:
        typed = " ".join(f"{self.title} {lead} {day} {time}".split())
        return Combined(title=self.title, plain=f"{self.title} {day}", typed=typed, timed=time != "")


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split("|")]


_ENGLISH = _Language(
    title="send parcel",
    leads="on|by|before|due|due on|due by|no later than",
    days="""today|tomorrow|friday|Fri|next friday|this friday|3 december|December 3rd|the 3rd of December
    |Dec 3, 2026|2026-12-03|the 3rd|the end of the month|end of next week|next week|next month|the weekend
    |Thursday, Dec 3|friday week|the day after tomorrow|the last friday of the month|the 1st of next month
    |a week from friday|end of january""",
    times="""at 5|at 17:00|5pm|at 5 pm|at noon|at half past 4|at quarter to 5|at 10 to 5|evening
    |at 5 in the afternoon|5-6pm|from 5 to 6pm|at midnight|at 1730""",
)
_GERMAN = _Language(
    title="Paket abschicken",
    leads="am|bis|vor|spätestens|bis spätestens|spätestens am|bis zum|fällig am",
    days="""heute|übermorgen|Freitag|nächsten Freitag|diesen Freitag|kommenden Freitag|3. Dezember|3.12.
    |3.12.2026|Donnerstag, den 3. Dezember|Do, 3.12.|Ende des Monats|Monatsende|Ende nächster Woche
    |nächste Woche|nächsten Monat|Wochenende|Freitag in einer Woche|1. nächsten Monats
    |letzten Freitag im Monat""",
    times="""um 5|um 17 Uhr|um 17:00|17 Uhr|um halb fünf|um Viertel vor fünf|um 17 Uhr 30
    |um fünf nach halb fünf|mittags|abends|abends um 8|um 8 Uhr abends
    |um 17.30 Uhr|17-18 Uhr|von 17 bis 18 Uhr|gegen 18 Uhr""",
)
_FRENCH = _Language(
    title="envoyer le colis",
    leads="le|avant|d'ici|avant le|d'ici le|au plus tard|au plus tard le",
    days="""demain|après-demain|vendredi|vendredi prochain|3 décembre|3 décembre 2026|1er janvier
    |jeudi 3 décembre|03/12/2026|fin du mois|la fin du mois|la semaine prochaine|mois prochain|week-end
    |vendredi en huit|15 du mois prochain|dernier vendredi du mois""",
    times="""à 17h|à 17 h|à 17h30|à 17 h 30|à 17:30|à 17 heures|à midi|à cinq heures et demie|matin|soir
    |à cinq heures moins le quart|à 8h du soir|17h30|de 17h à 18h|vers 17h|18h-19h30""",
)
_EVERY = {
    "water plants": (
        """every day|every other day|every third day|daily|every 2 weeks|weekly|biweekly
        |every mon and thu|every tue/thu|mondays and fridays|every 2nd friday|every 3rd friday
        |every last friday|every first monday of the month|the first monday of every month
        |every month|every month on the 5th|on the 5th of every month|every quarter
        |every weekday|every weekend|once a week|once a month|every morning
        |every friday evening|every 2 weeks on tue and thu""",
        "at 9am|at 17:30|at noon|at half past 4|at quarter to 5|from 5 to 6pm",
        "until 31 january|until christmas|for 6 weeks",
    ),
    "Blumen gießen": (
        """jeden Tag|jeden zweiten Tag|alle drei Tage|täglich|alle zwei Wochen|jeden Mo und Do
        |montags und freitags|immer montags|jeden zweiten Freitag|jeden dritten Freitag
        |jeden ersten Montag im Monat|monatlich|am ersten Montag jedes Monats
        |jeden Monat am 5.|am 5. jedes Monats|jeden 5. des Monats|jedes Quartal|werktags
        |an jedem Werktag|jedes Wochenende|einmal pro Woche|einmal im Monat|jeden Morgen
        |jeden Freitagabend|jede Woche am Dienstag""",
        "um 9 Uhr|um 17:30|mittags|um halb fünf|um Viertel vor fünf|von 17 bis 18 Uhr",
        "bis Ende Januar|bis zum 31. Januar|bis Weihnachten|für 6 Wochen",
    ),
    "arroser les plantes": (
        """tous les jours|tous les deux jours|un jour sur deux|toutes les deux semaines
        |chaque lundi|tous les lundis et jeudis|un lundi sur deux|chaque premier lundi du mois
        |tous les mois|tous les mois le 5|le premier lundi de chaque mois|le 5 de chaque mois
        |tous les 5 du mois|chaque trimestre|tous les jours ouvrables|chaque week-end
        |une fois par semaine|une fois par mois|tous les matins|chaque vendredi soir
        |toutes les semaines le mardi""",
        "à 9h|à 17h30|à midi|à cinq heures et demie|à 17 heures|de 17h à 18h",
        "jusqu'à fin janvier|jusqu'au 31 janvier|jusqu'à Noël|pendant 6 semaines",
    ),
}


def _repeated(title: str, every: str, times: str, ends: str) -> st.SearchStrategy[Combined]:
    return st.builds(
        lambda rule, time, end: Combined(
            title=title,
            plain=f"{title} {rule} {time}",
            typed=" ".join(f"{title} {rule} {time} {end}".split()),
            timed=True,
        ),
        st.sampled_from(_listed(every)),
        st.sampled_from(_listed(times)),
        st.sampled_from(["", *_listed(ends)]),
    )


repeated = st.one_of(*(_repeated(title, *words) for title, words in _EVERY.items()))
combined = st.one_of(*(language.combinations() for language in (_ENGLISH, _GERMAN, _FRENCH)))
