"""What people ask about oO itself is carried out or shown, and no task."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.words.intents import DeleteData, Help, Intent, Pause, SetTimezone, ShowPrivacy, ShowSettings
from core.words.understand import understand
from tests.rows import each_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

ASKED: dict[Intent, tuple[str, ...]] = {
    DeleteData(): (
        "delete my account", "Delete my data!", "please erase all my data", "delete everything about me",
        "forget me",
        "can you delete all my data?", "lösche meine Daten", "meine Daten löschen", "Konto löschen",
        "lösche alles über mich",
        "supprime mon compte", "supprimer mes données", "efface tout sur moi", "borra mi cuenta",
        "borrar mis datos",
    ),
    ShowPrivacy(): (
        "privacy", "is my data safe?", "where is my data stored", "what do you know about me?",
        "datenschutz",
        "sind meine Daten sicher?", "confidentialité", "privacidad", "gdpr",
    ),
    ShowSettings(): (
        "settings", "show me the settings", "change language", "einstellungen", "paramètres", "réglages",
        "ajustes",
    ),
    SetTimezone(place=""): (
        "my timezone is wrong", "change my timezone", "how do I change my timezone?",
        "meine Zeitzone ist falsch",
        "mon fuseau est faux", "mi zona horaria está mal",
    ),
    SetTimezone(place="Lisbon"): ("I live in Lisbon", "my timezone is Lisbon",
        "change my timezone to Lisbon"),
    SetTimezone(place="Madrid"): ("vivo en Madrid", "ich wohne in Madrid", "j'habite à Madrid",
        "I moved to Madrid"),
    Help(): (
        "how do I add a task?", "what can I type", "can you remind me of things?", "I don't understand",
        "need help",
        "is this free?", "wie füge ich eine Aufgabe hinzu?", "kannst du mich an Sachen erinnern?",
        "bist du ein Mensch",
        "comment ajouter une tâche ?", "à quoi tu sers ?", "cómo añado una tarea",
        "¿puedes recordarme cosas?",
    ),
    Pause(): (
        "unsubscribe", "stop sending me messages", "turn off notifications", "turn off the tips",
        "abmelden",
        "schalte die Benachrichtigungen aus", "désactiver les notifications", "desactivar notificaciones",
    ),
}  # fmt: skip


@each_of([(typed, intent) for intent, texts in ASKED.items() for typed in texts])
def test_a_request_about_oo_is_understood(typed: str, intent: Intent) -> None:
    assert understand(typed, now=NOW, zone=BERLIN) == intent


@each_of(
    ("I live in a flat", "I'm in a hurry", "delete my old photos", "check the settings of the router",
    "privacy screen",
     "close my bank account", "ich wohne in einem Haus", "Daten sichern", "vider mon compte courant")
)  # fmt: skip
def test_what_only_sounds_like_it_is_none(typed: str) -> None:
    found = understand(typed, now=NOW, zone=BERLIN)
    assert not isinstance(found, DeleteData | ShowPrivacy | ShowSettings)
    assert not isinstance(found, SetTimezone) or found.only_if_known
