"""Dates, times and recurrences in a sentence: English, German and French."""
