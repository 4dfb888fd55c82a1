"""To-dos as people type them, and what they mean on Tuesday 16 March 2027, 11:20, in Berlin.

The table by which the library was chosen, and the measure of every change to ``core/words``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """``on`` as ``03-17`` in 2027, or with its year; ``at`` as ``09:00``."""

    typed: str
    title: str
    on: str | None = None
    at: str | None = None
    priority: int = 4
    repeats: str | None = None


DATES = (
    Phrase("Pay rent tomorrow 9am p1", "Pay rent", "03-17", "09:00", 1),
    Phrase("call mom on friday", "call mom", "03-19"),
    Phrase("report due 3 Dec 17:00 !!", "report", "12-03", "17:00", 2),
    Phrase("call mom friday", "call mom", "03-19"),
    Phrase("Dentist friday 10am", "Dentist", "03-19", "10:00"),
    Phrase("Dentist friday at 10:30", "Dentist", "03-19", "10:30"),
    Phrase("tomorrow at 9am call mom", "call mom", "03-17", "09:00"),
    Phrase("tomorrow call mom at 9", "call mom", "03-17", "09:00"),
    Phrase("call mom on friday about the party", "call mom about the party", "03-19"),
    Phrase("Monday pay the bill", "pay the bill", "03-22"),
    Phrase("Friday: call mom", "call mom", "03-19"),
    Phrase("lunch with Anna on tuesday", "lunch with Anna", "03-23"),
    Phrase("lunch with Anna tuesday 12:30", "lunch with Anna", "03-16", "12:30"),
    Phrase("lunch with Anna tuesday 9:30", "lunch with Anna", "03-23", "09:30"),
    Phrase("dinner this friday 7pm", "dinner", "03-19", "19:00"),
    Phrase("dinner next friday 7pm", "dinner", "03-26", "19:00"),
    Phrase("water the plants today", "water the plants", "03-16"),
    Phrase("wash up tonight", "wash up", "03-16", "21:00"),
    Phrase("wash up tonight at 8", "wash up", "03-16", "20:00"),
    Phrase("wash up this evening", "wash up", "03-16", "18:30"),
    Phrase("call the bank tomorrow morning", "call the bank", "03-17", "09:00"),
    Phrase("call the bank in the morning", "call the bank", "03-17", "09:00"),
    Phrase("call the bank this morning", "call the bank", "03-16"),
    Phrase("call the bank 9am", "call the bank", "03-17", "09:00"),
    Phrase("call the bank at 5", "call the bank", "03-16", "17:00"),
    Phrase("call the bank at 9", "call the bank", "03-16", "21:00"),
    Phrase("call the bank tomorrow at 3", "call the bank", "03-17", "15:00"),
    Phrase("call the bank at noon", "call the bank", "03-16", "12:00"),
    Phrase("hand in thesis friday midnight", "hand in thesis", "03-19", "23:59"),
    Phrase("take the night train tomorrow 0:30", "take the night train", "03-17", "00:30"),
    Phrase("call Tokyo at 1am", "call Tokyo", "03-17", "01:00"),
    Phrase("renew passport in 3 days", "renew passport", "03-19"),
    Phrase("renew passport in two weeks", "renew passport", "03-30"),
    Phrase("renew passport in a month", "renew passport", "04-16"),
    Phrase("renew passport in 3 days at 9am", "renew passport", "03-19", "09:00"),
    Phrase("take the cake out in 20 minutes", "take the cake out", "03-16", "11:40"),
    Phrase("take the cake out in half an hour", "take the cake out", "03-16", "11:50"),
    Phrase("take the cake out in 2h", "take the cake out", "03-16", "13:20"),
    Phrase("start the night shift in 13 hours", "start the night shift", "03-17", "00:20"),
    Phrase("plan the trip next week", "plan the trip", "03-22"),
    Phrase("plan the trip next month", "plan the trip", "04-01"),
    Phrase("plan the trip this weekend", "plan the trip", "03-20"),
    Phrase("plan the trip this week", "plan the trip", "03-19"),
    Phrase("tidy up by the end of the month", "tidy up", "03-31"),
    Phrase("the day after tomorrow: call Ben", "call Ben", "03-18"),
    Phrase("tax return by 31 May", "tax return", "05-31"),
    Phrase("tax return due May 31st", "tax return", "05-31"),
    Phrase("tax return on the 3rd of December 2028", "tax return", "2028-12-03"),
    Phrase("tax return 2027-04-01", "tax return", "04-01"),
    Phrase("tax return 1.4.2027 14:00", "tax return", "04-01", "14:00"),
    Phrase("tax return 1.4.", "tax return", "04-01"),
    Phrase("tax return by 5/4", "tax return", "04-05"),
    Phrase("tax return by 4/25", "tax return", "04-25"),
    Phrase("rent due on the 1st", "rent", "04-01"),
    Phrase("birthday card 1 Feb", "birthday card", "2028-02-01"),
    Phrase("leap day party 29 Feb", "leap day party", "2028-02-29"),
    Phrase("train on friday 17:42", "train", "03-19", "17:42"),
    Phrase("dentist friday 9:00-10:30", "dentist", "03-19", "09:00"),
    Phrase("dentist friday 9am to 10am", "dentist", "03-19", "09:00"),
    Phrase("slides for monday", "slides for monday", "03-22"),
    Phrase("Call mom (tomorrow)!", "Call mom", "03-17"),
    Phrase("buy bread,  tomorrow", "buy bread", "03-17"),
)

REPEATS = (
    Phrase("water plants every monday 8am", "water plants", "03-22", "08:00", 4, "FREQ=WEEKLY;BYDAY=MO"),
    Phrase("water plants every tuesday 8am", "water plants", "03-23", "08:00", 4, "FREQ=WEEKLY;BYDAY=TU"),
    Phrase("water plants every tuesday 6pm", "water plants", "03-16", "18:00", 4, "FREQ=WEEKLY;BYDAY=TU"),
    Phrase("every monday at 8am water plants", "water plants", "03-22", "08:00", 4, "FREQ=WEEKLY;BYDAY=MO"),
    Phrase("gym every mon, wed and fri 7:00", "gym", "03-17", "07:00", 4, "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
    Phrase("clean the filter every 2 weeks", "clean the filter", "03-16", None, 4, "FREQ=WEEKLY;INTERVAL=2"),
    Phrase("bins every other thursday p2", "bins", "03-18", None, 2, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
    Phrase("stretch every day", "stretch", "03-16", None, 4, "FREQ=DAILY"),
    Phrase("stretch daily at 7", "stretch", "03-17", "07:00", 4, "FREQ=DAILY"),
    Phrase("stretch every morning", "stretch", "03-17", "09:00", 4, "FREQ=DAILY"),
    Phrase("stretch every 3 days starting friday", "stretch", "03-19", None, 4, "FREQ=DAILY;INTERVAL=3"),
    Phrase(
        "stand-up every weekday 9:15", "stand-up", "03-17", "09:15", 4, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    ),
    Phrase("choir on thursdays at 19:30", "choir", "03-18", "19:30", 4, "FREQ=WEEKLY;BYDAY=TH"),
    Phrase("rent every month on the 1st", "rent", "04-01", None, 4, "FREQ=MONTHLY;BYMONTHDAY=1"),
    Phrase("rent every 15th", "rent", "04-15", None, 4, "FREQ=MONTHLY;BYMONTHDAY=15"),
    Phrase("rent monthly", "rent", "03-16", None, 4, "FREQ=MONTHLY;BYMONTHDAY=16"),
    Phrase("books every 31st", "books", "03-31", None, 4, "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
    Phrase("backup every last day of the month", "backup", "03-31", None, 4, "FREQ=MONTHLY;BYMONTHDAY=-1"),
    Phrase("club every first monday", "club", "04-05", None, 4, "FREQ=MONTHLY;BYDAY=1MO"),
    Phrase("tyres every 6 months", "tyres", "03-16", None, 4, "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=16"),
    Phrase("gift every 3 dec", "gift", "12-03", None, 4, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=3"),
    Phrase(
        "gift every year on December 3rd", "gift", "12-03", None, 4, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=3"
    ),
)

PRIORITIES = (
    Phrase("pay rent p2", "pay rent", priority=2),
    Phrase("p3 pay rent", "pay rent", priority=3),
    Phrase("pay rent P1", "pay rent", priority=1),
    Phrase("read the P1 report", "read the P1 report"),
    Phrase("pay rent !", "pay rent", priority=3),
    Phrase("pay rent !!!", "pay rent", priority=1),
    Phrase("pay rent!!", "pay rent", priority=2),
    Phrase("pay rent!", "pay rent!"),
    Phrase("pay rent tomorrow p1 9am", "pay rent", "03-17", "09:00", 1),
    Phrase("pay rent tomorrow 9am!!", "pay rent", "03-17", "09:00", 2),
    Phrase("urgent: pay rent", "pay rent", priority=1),
    Phrase("pay rent urgent", "pay rent", priority=1),
    Phrase("pay rent tomorrow, urgent", "pay rent", "03-17", None, 1),
    Phrase("urgent care appointment", "urgent care appointment"),
    Phrase("answer the urgent mail", "answer the urgent mail"),
)

OTHER_LANGUAGES = (
    Phrase("Miete zahlen morgen um 9 Uhr", "Miete zahlen", "03-17", "09:00"),
    Phrase("Miete zahlen am Freitag", "Miete zahlen", "03-19"),
    Phrase("Zahnarzt Freitag 10:30 Uhr", "Zahnarzt", "03-19", "10:30"),
    Phrase("Steuer am 3. Dezember um 17 Uhr", "Steuer", "12-03", "17:00"),
    Phrase("Steuer bis 31. Mai", "Steuer", "05-31"),
    Phrase(
        "Blumen gießen jeden Montag um 8 Uhr", "Blumen gießen", "03-22", "08:00", 4, "FREQ=WEEKLY;BYDAY=MO"
    ),
    Phrase("Oma anrufen heute Abend", "Oma anrufen", "03-16", "18:30"),
    Phrase("Oma anrufen in zwei Stunden", "Oma anrufen", "03-16", "13:20"),
    Phrase("payer le loyer 3 décembre", "payer le loyer", "12-03"),
    Phrase("appeler Léa demain à 17h", "appeler Léa", "03-17", "17:00"),
    Phrase("appeler Léa vendredi", "appeler Léa", "03-19"),
)

NO_DATES = tuple(
    Phrase(typed, typed)
    for typed in (
        "Read 1984",
        "Buy 2 sun hats",
        "March against hunger",
        "second-hand sofa",
        "May's birthday present",
        "Call Sunday school",
        "24 eggs",
        "Sunday school picnic",
        "Prepare the Friday meeting",
        "Move the meeting to friday",
        "Watch Tomorrow Never Dies",
        "Around the World in 80 Days",
        "Enjoy the sun",
        "Order sun cream",
        "Read John 3:16",
        "Mix cement 1/2",
        "Look at 5 houses",
        "Learn Python 3.12",
        "Write weekly report",
        "Black Friday",
        "Work 3 days",
        "Swim 20 min",
        "Buy a second monitor",
        "Buy Mars bars",
        "Archive photos of 3 Dec 2020",
        "Ask about 31 Feb",
        "Fix bug 25:99",
        "Buy today's paper",
        "Plant may flowers",
        "Call 0301234567",
        "Version 2.0.1 release notes",
        "Open from 9:00 to 17:00",
        "Every Breath You Take chords",
        "Buy 100 g flour",
        "Take pills daily at 8am and 8pm",
        "Gym mon wed fri",
        "Work 24/7",
        "Drink water every 2 hours",
    )
)
