"""The clocks of a connection: a client that reads nothing of its answer is not waited for."""

from __future__ import annotations

import asyncio

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from alliancegraph.serve import connection
from alliancegraph.serve.connection import Connection

PIECE = b"x" * 2**18


def test_answer_that_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a client takes nothing for too long, the connection is closed, and the sender of the answer goes on."""
    monkeypatch.setattr(connection, "_STALL_SECONDS", 0.3)
    ended: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(200):
            await send({"type": "http.response.body", "body": PIECE, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        ended.append("sent")

    async def unread() -> int:
        config = uvicorn.Config(app, http=Connection, ws="none", lifespan="off", log_level="critical")
        config.load()
        state = ServerState()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: Connection(config=config, server_state=state, app_state={}), "127.0.0.1", 0
        )
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=1024)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        async with asyncio.timeout(30):
            while not ended:
                await asyncio.sleep(0.05)
        size = 0
        try:
            while piece := await reader.read(2**20):
                size += len(piece)
        except ConnectionResetError:
            pass
        writer.close()
        server.close()
        return size

    assert asyncio.run(unread()) < 200 * len(PIECE)
    assert ended == ["sent"]
