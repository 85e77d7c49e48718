"""Answers on their way to clients: in pieces, and all together within a bound, so that slow readers do not fill the memory."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from alliancegraph.serve.jobs import Answer
from alliancegraph.serve.refusal import busy
from alliancegraph.serve.settings import MIB

_PIECE: Final = 256 * 1024


class Outbox:
    """How many bytes of answers may be on their way."""

    def __init__(self, limit: int) -> None:
        """At most `limit` bytes at the same time."""
        self._left = limit

    def response(self, answer: Answer) -> Response:
        """The response with an answer; raise `Refusal` if too much is on its way already."""
        size = len(answer.body)
        if size > self._left:
            raise busy(
                f"{size / MIB:.0f} MiB are ready, but too many answers are still being read; try again later"
            )
        return _Pieces(self, answer) if size > _PIECE else _whole(answer)

    def take(self, size: int) -> None:
        """So many bytes are on their way, or, for a negative number, have arrived."""
        self._left -= size


def _whole(answer: Answer) -> Response:
    headers = {"Vary": "Accept"} if answer.body else {}
    return Response(answer.body, answer.status, headers, answer.media or None)


class _Pieces(Response):
    """A large answer, which is sent as fast as it is read."""

    def __init__(self, outbox: Outbox, answer: Answer) -> None:
        super().__init__(
            b"", answer.status, {"Vary": "Accept", "Content-Length": str(len(answer.body))}, answer.media
        )
        self._outbox = outbox
        self.body = answer.body
        outbox.take(len(answer.body))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, and make room for others when that is done, or given up."""
        try:
            await send(
                {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
            )
            body = memoryview(self.body)
            for start in range(0, len(body), _PIECE):
                piece = bytes(body[start : start + _PIECE])
                more = start + _PIECE < len(body)
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        finally:
            self._outbox.take(-len(self.body))
