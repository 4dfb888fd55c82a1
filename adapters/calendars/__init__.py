"""People's calendars: ICS feeds and CalDAV, read-only; and the tasks of a CalDAV account."""

from adapters.calendars.calendars import Calendars as Calendars
