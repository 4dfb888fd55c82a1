"""oO's events on NATS JetStream, as protobuf. Imported only where NATS_URL is set."""

from __future__ import annotations

from adapters.nats.connection import Access, Connection
from adapters.nats.consuming import Consumer, Received, described, replayed
from adapters.nats.stream import NatsStream

__all__ = ["Access", "Connection", "Consumer", "NatsStream", "Received", "described", "replayed"]
