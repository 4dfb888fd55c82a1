"""Notifications in the browsers of people (Web Push).

Importing this package is cheap: what encrypts and sends is imported when the channel is made.
"""
