"""A request that is not answered: an HTTP status and one line that says why."""

from __future__ import annotations

from typing import Final

BAD_REQUEST: Final = 400
UNAUTHORIZED: Final = 401
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
NOT_ALLOWED: Final = 405
NOT_ACCEPTABLE: Final = 406
SLOW_CLIENT: Final = 408
TOO_LONG: Final = 413
UNSUPPORTED: Final = 415
CRASHED: Final = 500
NOT_OFFERED: Final = 501
"""What the text asks for is not allowed on this server, though it is SPARQL."""
BUSY: Final = 503
TIME_IS_UP: Final = 504
TOO_MUCH: Final = 507
"""An answer, or the memory that it needs, is over a limit."""


class Refusal(Exception):
    """Why a request is not answered; `headers` go with the response."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = " ".join(message.split())
        self.headers = headers or {}


def busy(message: str) -> Refusal:
    """A refusal of now, with the advice to come back."""
    return Refusal(BUSY, message, {"Retry-After": "1"})
