"""To-dos without words that ask for one: a date or a chore makes them, whatever details stand around it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.records import Due
from core.words.intents import AddTask
from core.words.plain_tasks import first_task, plain_task
from core.words.tasks import TaskDraft, without_bullet
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)  # a Sunday
BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 12, 4)

TASKS = {
    "Zahnarzt am Freitag um 10:30": TaskDraft(title="Zahnarzt", due=Due(on=FRIDAY, at=time(10, 30))),
    "Oma besuchen am Freitag": TaskDraft(title="Oma besuchen", due=Due(on=FRIDAY)),
    "Steuererklärung bis Freitag fertig machen, dauert 2 Stunden": TaskDraft(
        title="Steuererklärung fertig machen", due=Due(on=FRIDAY), minutes=120
    ),
    "Bericht bis 4. Dezember": TaskDraft(title="Bericht", due=Due(on=FRIDAY)),
    "Milch kaufen #einkauf": TaskDraft(title="Milch kaufen", labels=("einkauf",)),
    "Milch kaufen p1": TaskDraft(title="Milch kaufen", priority=1),
    "Milch kaufen (10 min)": TaskDraft(title="Milch kaufen", minutes=10),
    "Fenster putzen, dauert eine halbe Stunde": TaskDraft(title="Fenster putzen", minutes=30),
    "Hausaufgaben machen": TaskDraft(title="Hausaufgaben machen"),
    "buy milk #shopping ~10 min": TaskDraft(title="buy milk", labels=("shopping",), minutes=10),
    "acheter du lait #courses": TaskDraft(title="acheter du lait", labels=("courses",)),
    "dentist this friday": TaskDraft(title="dentist", due=Due(on=FRIDAY)),
    "clean the garage this friday": TaskDraft(title="clean the garage", due=Due(on=FRIDAY)),
    "am ersten Freitag im Dezember Rechnung schicken": TaskDraft(
        title="Rechnung schicken", due=Due(on=FRIDAY)
    ),
    "le premier vendredi du mois envoyer la facture": TaskDraft(
        title="envoyer la facture", due=Due(on=FRIDAY)
    ),
    "um 10:30 Zahnarzt am Freitag": TaskDraft(title="Zahnarzt", due=Due(on=FRIDAY, at=time(10, 30))),
    "- Brot kaufen": TaskDraft(title="Brot kaufen"),
    "* call mum": TaskDraft(title="call mum"),
    "• the garden shed": TaskDraft(title="the garden shed"),
    "[ ] passport photos": TaskDraft(title="passport photos"),
    "- [ ] Pässe abholen": TaskDraft(title="Pässe abholen"),
}


@pytest.mark.parametrize("typed", TASKS)
def test_a_to_do_is_one_with_its_details(typed: str) -> None:
    assert plain_task(typed, now=NOW, zone=BERLIN) == AddTask(drafts=(TASKS[typed],))


@pytest.mark.parametrize(
    "typed",
    [
        "am Freitag", "bis Freitag", "ok bis Freitag", "dann bis Freitag", "ich bin am Freitag weg",
        "I am tired on friday", "am I late", "wir sehen uns am Freitag", "bis dann am Freitag",
        "- and then you said so", "not until friday", "maybe on friday", "was soll ich machen",
        "ciao bis Freitag", "Tschüss bis Freitag", "great weather this weekend", "this friday", "um, no",
        "so tired this morning", "busy this week",
    ],
)  # fmt: skip
def test_talk_is_no_to_do_though_it_names_a_day(typed: str) -> None:
    assert plain_task(typed, now=NOW, zone=BERLIN) is None


@pytest.mark.parametrize("typed", ["-5 degrees", "-", "*bold*", "+49 170 call back", "[x] done", "#1 fan"])
def test_only_a_mark_before_a_space_is_a_bullet(typed: str) -> None:
    assert without_bullet(typed) == (typed, False)


CHORES = """
take out the trash|do the laundry|walk the dog|get a haircut|go to the gym|change the bulb|back up my laptop
start the essay|practice piano|study for exam|learn spanish|cook dinner|sign the contract|apply for the job
invite friends|reply to anna|mail the letter|drop off dry cleaning|tidy the room|throw away boxes|iron shirts
make an appointment|look for a flat|find a plumber|ask mum about the recipe|give back the drill|run 5k
cancel my gym membership|take vitamins|try the new recipe|Geschirr spülen|mit dem Hund gehen|Reifen wechseln
zum Sport gehen|Vokabeln lernen|Flug buchen|Kinder abholen|den Keller entrümpeln|prendre rendez-vous chez Paul
boire de l'eau|aller chez le coiffeur|tondre la pelouse|étendre le linge|sacar la basura|ir al gimnasio
pedir cita con el dentista|tender la ropa|sacar al perro
"""

OF_THE_CHAT = """
go away|take care|get lost|do something else|write less|send me fewer tips|stop writing|change my settings
turn off notifications|change the time zone|make it shorter|give me a tip|tell me about yourself|go to sleep
ask me later|call me later|read my tasks|start over|try again|take a break|pay attention|guten morgen
in ruhe lassen|weniger schreiben|Tipps abschalten|Nachrichten abbestellen|Sprache wechseln|aller bien
changer la langue|arrêter les messages|cambiar el idioma|dejar de escribir|ver más tarde|hacer otra cosa
"""


def rows_of(table: str) -> list[str]:
    return table.strip().replace("\n", "|").split("|")


@each_of(rows_of(CHORES))
def test_a_verb_of_everyday_life_makes_a_to_do_without_a_date(typed: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    wish = getattr(found, "otherwise", None) or found

    assert wish == AddTask(drafts=(TaskDraft(title=typed),))


@each_of(rows_of(OF_THE_CHAT))
def test_a_verb_that_is_about_oo_makes_none(typed: str) -> None:
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), AddTask)


@each_of(
    rows_of(
        "laundry|dentist appointment|the tax declaration|Steuererklärung|Friseur|Geschenk für Anna|dentiste"
    )
    + rows_of("cita con el dentista|the cellar, finally|- passport photos|new tyres|Oma's birthday")
)
def test_who_was_asked_what_there_is_to_do_answers_with_any_few_words(typed: str) -> None:
    wish = first_task(typed, now=NOW, zone=BERLIN)

    assert wish is not None
    assert [draft.title for draft in wish.drafts] == [typed.removeprefix("- ")]


@each_of(
    rows_of("ok|hmm|no idea|nothing|idk|I don't know|are you a bot|is that all?|lol|what|1|😀|stop|cool")
    + rows_of(
        "keine ahnung|nichts|weiß nicht|wer bist du|egal|rien|je ne sais pas|bof|nada|no sé|nada más|go away"
    )
    + rows_of("show settings|less messages|tipps bitte|not now|you are annoying|haha very funny|…")
)
def test_but_not_with_small_talk(typed: str) -> None:
    assert first_task(typed, now=NOW, zone=BERLIN) is None


@pytest.mark.parametrize(
    "typed",
    [
        "Einkaufen: Eier, Mehl und Zucker", "Einkaufsliste: Eier, Mehl", "Supermarkt: Milch, Brot",
        "Einkauf: Brot",
        "courses : œufs, farine et sucre", "à acheter : pain, lait", "liste de courses : pain",
        "Shopping: eggs, flour and sugar", "Groceries: milk, eggs", "buy: milk",
        "compra: huevos, harina y azúcar", "lista de la compra: pan",
    ],
)  # fmt: skip
def test_what_is_to_be_bought_in_one_line_is_one_task(typed: str) -> None:
    wish = understand(typed, now=NOW, zone=BERLIN)
    assert isinstance(wish, AddTask)
    assert [draft.title for draft in wish.drafts] == [typed]


@pytest.mark.parametrize("typed", ["Hinweis: Eier, Mehl", "remarque : pas mal"])
def test_what_follows_any_other_colon_is_no_task(typed: str) -> None:
    assert not isinstance(understand(typed, now=NOW, zone=BERLIN), AddTask)
