"""People's calendars: how they are connected, and how their copies are kept fresh."""
