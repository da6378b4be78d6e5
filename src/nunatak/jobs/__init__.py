"""Durable work: the engine that queues and does it, and the processes that do its heavy part."""
