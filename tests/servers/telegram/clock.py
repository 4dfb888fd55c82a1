"""Time that a test moves by hand."""


class ManualClock:
    """Unix seconds for `TelegramServer(clock=...)`; they pass only when `seconds` is raised."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds
