"""What a server is told: the store, what is allowed, and the limits of one request."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

MIB: Final = 1024 * 1024
NESTING: Final = 64
"""Brackets and braces in each other, in a query or an upload."""
QUERY_BYTES: Final = 64 * 1024
"""The longest query, in bytes of UTF-8; an update may be as long as a body."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may take; times in seconds, sizes in bytes."""

    seconds: float = 30.0
    memory: int = 512 * MIB
    rows: int = 1_000_000
    result: int = 64 * MIB
    body: int = 16 * MIB
    workers: int = field(default_factory=lambda: max(2, os.cpu_count() or 1))
    """Processes that are kept ready for queries."""
    heavy: int = 8
    """Long queries that may run at the same time; each has a process besides the `workers`."""
    heavy_after: float = 1.0
    """Seconds of work after which a query steps back, and has to be one of the `heavy`."""
    waiting: int = 256
    """Requests that may wait for a process."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A server's store and rules; `union` makes the default graph the union of the named graphs."""

    store: Path
    limits: Limits = field(default_factory=Limits)
    union: bool = True
    in_memory: bool = False
    writable: bool = False
    token: str | None = None
    services: tuple[str, ...] = ()
    """Addresses that SERVICE may ask."""
    loads: tuple[str, ...] = ()
    """Addresses that LOAD may read."""
    origins: tuple[str, ...] = ()
    """Web origins whose pages may use the server; `*` for all."""
    host: str = "127.0.0.1"
    port: int = 8080


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what is bound to that host."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
