"""What the person sees: results of use cases -> ``Message``. Words come from ``bot/screens/texts.py``."""
