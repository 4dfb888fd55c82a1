"""What people ask oO itself: the agenda, the figures, other tasks, fewer messages, another language."""

from __future__ import annotations

import pytest

from core.chat import Channel
from core.words.intents import (
    AddTask,
    AskStats,
    AskToday,
    Connect,
    Disconnect,
    Intent,
    ListTasks,
    OpenPage,
    RemindBefore,
    SetLanguage,
    WriteLess,
    WriteMore,
    WriteOn,
)
from core.words.understand import understand
from tests.core.words.times import BERLIN, NOW
from tests.rows import each_of

CALENDAR, TODOIST = Connect(text="calendar"), Connect(text="todoist")
TODAY, TOMORROW, WEEK = AskToday(), AskToday(span="tomorrow"), AskToday(span="week")
FEED_ADDRESSES = (
    "https://calendar.example.com/ical/A%40B.com/private-XyZ/basic.ics",
    "webcal://example.org/Foo?Token=AbC",
    "http://example.org/a.ics?key=1",
)
ASKS: dict[str, Intent] = {
    **dict.fromkeys(
        (
            "wie viele aufgaben sind überfällig?",
            "wie viele sind überfällig?",
            "wie viele überfällige aufgaben habe ich?",
            "welche aufgaben sind überfällig?",
            "habe ich überfällige aufgaben?",
            "combien de tâches en retard ?",
            "combien de tâches sont en retard ?",
            "combien j'ai de tâches en retard ?",
            "quelles tâches sont en retard ?",
            "ai-je des tâches en retard ?",
            "how many tasks are overdue?",
            "how many overdue tasks do i have?",
            "do i have any overdue tasks?",
            "is anything overdue?",
            "cuántas tareas están atrasadas?",
            "cuántas tareas atrasadas tengo?",
            "tengo tareas atrasadas?",
            "ist etwas überfällig?",
        ),
        ListTasks(filter="overdue"),
    ),
    **dict.fromkeys(
        (
            "was habe ich heute erledigt?",
            "was habe ich heute geschafft?",
            "was hab ich heute alles gemacht?",
            "welche aufgaben habe ich heute erledigt?",
            "qu'est-ce que j'ai fait aujourd'hui ?",
            "qu'est-ce que j'ai terminé aujourd'hui ?",
            "what did i get done today",
            "what have i done today?",
            "which tasks did i finish today?",
            "show me what i did today",
            "qué he hecho hoy?",
            "zeig mir was ich heute erledigt habe",
            "montre-moi ce que j'ai fait aujourd'hui",
        ),
        AskStats(span="today"),
    ),
    **dict.fromkeys(
        (
            "was habe ich gestern erledigt?",
            "qu'ai-je fait hier ?",
            "what did i do yesterday?",
            "qué hice ayer?",
        ),
        AskStats(span="yesterday"),
    ),
    **dict.fromkeys(
        (
            "was ist morgen dran?",
            "was kommt morgen dran?",
            "qu'est-ce qui m'attend demain ?",
            "c'est quoi demain ?",
        ),
        TOMORROW,
    ),
    **dict.fromkeys(
        (
            "was ist heute dran",
            "was ist heute alles dran?",
        ),
        TODAY,
    ),
    **{address: Connect(text=address) for address in FEED_ADDRESSES},
    **dict.fromkeys(
        (
            "connect my calendar",
            "link my google calendar",
            "How do I connect my calendar?",
            "I want to connect my Outlook calendar",
            "can you sync with my calendar please",
            "Kalender verbinden",
            "Wie verbinde ich meinen Google-Kalender?",
            "Kann ich meinen Arbeitskalender mit dir verbinden?",
            "verbinde bitte meinen Kalender",
            "connecte mon calendrier",
            "comment connecter mon agenda google ?",
            "je voudrais connecter mon calendrier",
            "Conecta mi calendario",
            "¿Cómo conecto mi calendario?",
        ),
        CALENDAR,
    ),
    **dict.fromkeys(
        (
            "send my tips by e-mail to ann@example.org",
            "Please send my tips and reminders to ann@example.org",
            "email me at ann@example.org",
            "send everything to <ann@example.org>",
            "my email is ann@example.org",
            "connect my e-mail ann@example.org",
            "use ann@example.org for my tips",
            "schick mir meine Tipps per E-Mail an ann@example.org",
            "Schicke die Tipps bitte an ann@example.org",
            "meine E-Mail-Adresse ist ann@example.org",
            "verbinde meine E-Mail-Adresse ann@example.org",
            "envoie mes conseils par e-mail à ann@example.org",
            "Envoie-moi les rappels à ann@example.org",
            "mon adresse e-mail est ann@example.org",
            "envíame los consejos por correo a ann@example.org",
            "mi correo es ann@example.org",
        ),
        Connect(text="email ann@example.org"),
    ),
    "e-mail me my tips at Ann@Example.org, please": Connect(text="email Ann@Example.org"),
    **dict.fromkeys(
        (
            "Can I get tips by email?",
            "mail me my reminders",
            "write me by e-mail",
            "kannst du mir Tipps per Mail schicken?",
            "Sende mir Erinnerungen per Mail",
            "Tipps per E-Mail bitte",
            "schreib mir per Mail",
            "Ich möchte Tipps per E-Mail bekommen",
            "écris-moi par mail",
            "je voudrais recevoir les conseils par courriel",
            "envíame los recordatorios por correo",
            "escríbeme por correo",
            "quiero recibir los consejos por correo electrónico",
        ),
        Connect(text="email"),
    ),
    **dict.fromkeys(
        ("connect todoist", "Todoist verbinden", "connecter Todoist", "conectar todoist"), TODOIST
    ),
    **dict.fromkeys(
        (
            "what's on today",
            "What's up today?",
            "whats on today",
            "what's planned for today",
            "what do I have today",
            "what do I have to do today",
            "my agenda for today",
            "show me my plan for today",
            "was steht heute an",
            "Was steht heute an?",
            "was liegt heute an",
            "was habe ich heute vor",
            "was muss ich heute noch erledigen",
            "qu'est-ce que j'ai aujourd'hui",
            "qu'est-ce que j'ai à faire aujourd'hui ?",
            "quoi de prévu aujourd'hui",
            "c'est quoi le programme aujourd'hui ?",
            "agenda",
            "hi, what's on today?",
        ),
        TODAY,
    ),
    **dict.fromkeys(
        (
            "what's on tomorrow",
            "what do I have tomorrow?",
            "was steht morgen an",
            "was habe ich morgen vor?",
            "qu'est-ce que j'ai demain ?",
            "show me my tasks for tomorrow",
        ),
        TOMORROW,
    ),
    **dict.fromkeys(
        (
            "what's on this week",
            "what do I have to do this week?",
            "was steht diese Woche an",
            "qu'est-ce que j'ai cette semaine",
            "qu'est-ce qui est prévu cette semaine ?",
        ),
        WEEK,
    ),
    **dict.fromkeys(
        (
            "how many did I do this week",
            "how many tasks did I finish this week?",
            "how much have I done",
            "what did I get done",
            "what did I get done this week",
            "what have I done so far",
            "stats",
            "my progress",
            "how am I doing",
            "wie viel habe ich geschafft",
            "wie viele Aufgaben habe ich diese Woche erledigt?",
            "was habe ich diese Woche geschafft",
            "meine Statistik",
            "wie war meine Woche",
            "combien de tâches j'ai faites cette semaine",
            "combien j'ai fait cette semaine ?",
            "combien j'en ai fait cette semaine",
            "combien en ai-je fait ?",
            "qu'est-ce que j'ai fait cette semaine",
            "mes statistiques",
        ),
        AskStats(),
    ),
    **dict.fromkeys(
        (
            "write less",
            "write less please",
            "write me less often",
            "too many messages",
            "that's too many messages",
            "too many tips!",
            "fewer messages please",
            "less often please",
            "not so often",
            "you write too much",
            "don't write so often",
            "can you send fewer tips?",
            "schreib weniger",
            "schreib mir bitte weniger",
            "schreib mir seltener",
            "weniger Nachrichten bitte",
            "zu viele Nachrichten",
            "du schreibst zu oft",
            "nicht so oft",
            "kannst du mir weniger schreiben?",
            "moins de messages",
            "moins souvent s'il te plaît",
            "écris-moi moins",
            "écris moins souvent",
            "trop de messages",
            "tu écris trop",
            "tu m'écris trop souvent",
        ),
        WriteLess(),
    ),
    **dict.fromkeys(
        (
            "write more",
            "write more often",
            "more tips please",
            "more messages",
            "you can write more",
            "schreib mehr",
            "schreib mir öfter",
            "mehr Tipps bitte",
            "écris plus souvent",
            "plus souvent",
        ),
        WriteMore(),
    ),
    **dict.fromkeys(
        (
            "speak german",
            "please write to me in german",
            "answer in german",
            "switch to german",
            "in german please",
            "German please",
            "set the language to german",
            "do you speak German?",
            "schreib mir auf deutsch",
            "auf deutsch",
            "Deutsch bitte",
            "sprich deutsch mit mir",
            "kannst du mir auf Deutsch schreiben?",
            "antworte auf Deutsch",
            "parle allemand",
            "écris-moi en allemand",
        ),
        SetLanguage(language="de"),
    ),
    **dict.fromkeys(
        (
            "parle français",
            "en français s'il te plaît",
            "réponds en français",
            "peux-tu parler français ?",
            "speak french",
            "auf Französisch bitte",
        ),
        SetLanguage(language="fr"),
    ),
    **dict.fromkeys(
        ("en español por favor", "habla español", "speak spanish", "español por favor", "auf Spanisch"),
        SetLanguage(language="es"),
    ),
    **dict.fromkeys(
        ("in english please", "speak english", "auf Englisch bitte", "en anglais"), SetLanguage(language="en")
    ),
    "speak dutch": SetLanguage(language="nl"),
    **dict.fromkeys(
        (
            "what is overdue",
            "what's overdue?",
            "show overdue tasks",
            "overdue tasks",
            "überfällige Aufgaben",
            "was ist überfällig?",
            "zeig mir überfällige Aufgaben",
            "tâches en retard",
            "qu'est-ce qui est en retard ?",
        ),
        ListTasks(filter="overdue"),
    ),
    **dict.fromkeys(
        ("tasks for today", "show me today's tasks", "Aufgaben für heute", "les tâches d'aujourd'hui"),
        ListTasks(filter="today"),
    ),
    **dict.fromkeys(
        (
            "#work tasks",
            "show #work tasks",
            "tasks with #work",
            "#work",
            "zeig mir #work Aufgaben",
            "mes tâches #work",
        ),
        ListTasks(filter="#work"),
    ),
    **dict.fromkeys(
        (
            "show tasks about rent",
            "show me all tasks about the rent",
            "find tasks with rent",
            "which tasks do I have about rent?",
        ),
        ListTasks(filter="rent"),
    ),
    "zeig mir Aufgaben zur Miete": ListTasks(filter="Miete"),
    "montre-moi les tâches sur le loyer": ListTasks(filter="loyer"),
    "remind me half an hour before the dentist": RemindBefore(title="dentist", minutes=30),
    "remind me 15 minutes before the dentist": RemindBefore(title="dentist", minutes=15),
    "can you remind me an hour before the meeting?": RemindBefore(title="meeting", minutes=60),
    "remind me a day before the exam": RemindBefore(title="exam", minutes=24 * 60),
    "remind me 10 minutes before it": RemindBefore(title="", minutes=10),
    "remind me the day before the exam": RemindBefore(title="exam", minutes=24 * 60),
    "remind me an hour before": RemindBefore(title="", minutes=60),
    "erinnere mich zwei Stunden vorher": RemindBefore(title="", minutes=120),
    "erinnere mich am Tag vor der Prüfung": RemindBefore(title="Prüfung", minutes=24 * 60),
    "rappelle-moi une heure avant": RemindBefore(title="", minutes=60),
    "rappelle-moi la veille de l'examen": RemindBefore(title="examen", minutes=24 * 60),
    "erinnere mich eine halbe Stunde vor dem Zahnarzt": RemindBefore(title="Zahnarzt", minutes=30),
    "rappelle-moi 30 minutes avant le dentiste": RemindBefore(title="dentiste", minutes=30),
}


@pytest.mark.parametrize("said", ASKS)
def test_what_is_asked_of_oo_is_understood(said: str) -> None:
    assert understand(said, now=NOW, zone=BERLIN) == ASKS[said]


OTHERS = (
    "learn german",
    "german",
    "english",
    "write the german essay",
    "read the french book",
    "speak german with Anna",
    "write to Ann in german",
    "translate it in german",
    "write more chapters",
    "write less code",
    "write a letter",
    "too many cooks",
    "less sugar",
    "what's on TV today",
    "what's up",
    "what's up doc",
    "how many eggs",
    "how many people did I invite",
    "what did I say",
    "tasks",
    "my tasks",
    "the week",
    "this week",
    "tomorrow",
    "today",
    "#42",
    "fix #42",
    "issue #42",
    "deutsch lernen",
    "Deutsch",
    "weniger Zucker",
    "schreib einen Brief",
    "mehr Milch",
    "apprendre le français",
    "parle à Anna",
    "moins de sucre",
    "français",
    "remind me before the dentist",
    "remind me 1 hour before the flight at 9 tomorrow to pack",
    "remind me an apple before the dentist",
    "what is due",
    "remind me to take a pill before lunch",
)


@pytest.mark.parametrize("said", OTHERS)
def test_other_words_are_not_taken_for_it(said: str) -> None:
    kinds = (AskStats, AskToday, RemindBefore, SetLanguage, WriteLess, WriteMore)
    intent = understand(said, now=NOW, zone=BERLIN)
    assert not isinstance(intent, kinds)
    assert not (isinstance(intent, ListTasks) and intent.filter)


def test_an_event_with_its_own_time_is_a_new_task() -> None:
    intent = understand("remind me 15 minutes before the dentist at 3pm", now=NOW, zone=BERLIN)
    assert isinstance(intent, AddTask)


PAGE = [
    "open my page", "Open my page, please", "can you open my page?", "show me my page", "my page",
    "where is my page?", "take me to my dashboard", "how do I open my page?",
    "öffne meine Seite", "Öffne bitte meine Seite", "zeig mir meine Seite", "meine Seite",
    "kannst du bitte meine Seite öffnen?", "wo ist meine Seite?", "wie komme ich zu meiner Seite?",
    "ouvre ma page", "ouvre-moi ma page, s'il te plaît", "montre-moi ma page", "ma page", "où est ma page ?",
    "peux-tu ouvrir ma page ?", "abre mi página", "abre mi pagina por favor", "muéstrame mi página",
    "mi página", "¿dónde está mi página?", "¿puedes abrir mi página?",
]  # fmt: skip
NO_PAGE = [
    "open my letters", "read my page 12", "write my web page", "print my page tomorrow",
    "open the page of the bank", "meine Seite der Spüle putzen", "Seite 12 lesen", "ma page à relire demain",
    "mettre à jour ma page web", "imprimir mi página del libro", "fix my dashboard camera",
]  # fmt: skip


@each_of(PAGE)
def test_the_page_is_asked_for_in_words(text: str) -> None:
    assert understand(text, now=NOW, zone=BERLIN) == OpenPage()


@each_of(NO_PAGE)
def test_a_to_do_about_some_page_is_none_of_that(text: str) -> None:
    assert understand(text, now=NOW, zone=BERLIN) != OpenPage()


DISCONNECT = {
    "todoist": (
        "disconnect todoist",
        "disconnect my todoist please",
        "log out of todoist",
        "can you remove the connection to todoist",
        "trenne todoist",
        "kannst du todoist bitte trennen",
        "melde todoist ab",
        "déconnecte todoist",
        "coupe la connexion avec todoist",
        "desconecta todoist",
        "quita la conexión con todoist",
    ),
    "calendar": (
        "disconnect my calendar",
        "unlink the calendar",
        "please stop syncing my google calendar",
        "trenne meinen kalender",
        "Kalender trennen",
        "Trenne die Verbindung zu meinem Kalender",
        "déconnecte mon calendrier",
        "arrête de lire mon agenda",
        "desconecta mi calendario",
        "deja de leer mi calendario",
    ),
    "caldav": ("disconnect caldav", "trenne caldav", "déconnecte caldav", "desconecta caldav"),
}


@pytest.mark.parametrize(("argument", "texts"), DISCONNECT.items())
def test_the_wish_to_end_a_connection(argument: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        assert understand(text, now=NOW, zone=BERLIN) == Disconnect(text=argument), text


WRITE_ON = {
    Channel.SLACK: (
        "send my tips to slack",
        "send all my reminders on slack from now on",
        "use slack for my tips",
        "schick meine tipps nach slack",
        "schreib mir auf slack",
        "envoie mes conseils sur slack",
        "écris-moi sur slack",
        "envía mis consejos a slack",
        "escríbeme en slack",
    ),
    Channel.TELEGRAM: (
        "write to me on telegram",
        "i want my tips on telegram",
        "tipps bitte nach telegram",
        "envoie-moi tout par telegram",
        "mándame todo por telegram",
    ),
    Channel.WEB: (
        "write to me in the browser",
        "send my tips to my browser from now on",
        "schick mir meine tipps in den browser",
        "schreib mir im browser",
        "envoie-moi mes conseils dans le navigateur",
        "écris-moi dans le navigateur",
        "mándame mis consejos al navegador",
        "escríbeme en el navegador",
    ),
    None: ("write to me here", "send everything here", "schick mir alles hierher", "envoie-moi tout ici"),
}


@pytest.mark.parametrize(("channel", "texts"), WRITE_ON.items())
def test_the_wish_where_to_write(channel: Channel | None, texts: tuple[str, ...]) -> None:
    for text in texts:
        assert understand(text, now=NOW, zone=BERLIN) == WriteOn(channel=channel), text


@pytest.mark.parametrize(
    "text",
    [
        "send the report to slack",
        "write to me on friday",
        "send slack the report",
        "disconnect the old printer",
        "trenne den müll",
        "write the slack message",
        "send the report to the browser team",
        "update my browser",
        "add disconnect the calendar in the hall",
    ],
)
def test_what_is_no_such_wish(text: str) -> None:
    assert not isinstance(understand(text, now=NOW, zone=BERLIN), Disconnect | WriteOn)


@pytest.mark.parametrize(
    "text",
    [
        "send the report to ann@example.org",
        "email Ann about the tips",
        "write to ann@example.org about rent tomorrow",
        "mail the letters",
        "ask bob@example.org for the tips",
        "e-mail Bob my tips for the exam",
        "Mail an ann@example.org schreiben",
        "remind me to email ann@example.org",
        "send flowers to my mum",
        "envoyer le rapport à ann@example.org",
        "Tipps von Ann per Mail an bob@example.org und carl@example.org schicken",
        "ann@example.org",
        "email ann@example.org",
        "write to ann@example.org",
        "schreib an ann@example.org",
        "écris à ann@example.org",
    ],
)
def test_a_task_about_a_mail_is_no_wish_for_mails(text: str) -> None:
    assert not isinstance(understand(text, now=NOW, zone=BERLIN), Connect)
