"""Notifications in browsers: the page that switches them on, and what their service worker asks for."""
