"""Fifty signed-in people at one process, each acting every two seconds, over Streamlit's own websocket protocol.

Each act is a full rerun of the bench for a session of the usual size. On a quiet machine; this load shares it.
"""

import asyncio
import random
import time
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from sqlmodel import col, select
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from dashboard.access import COOKIE
from models import clock, database
from models.tables import CourtSession
from tests.benchmarks.large_court import LargeCourt
from tests.benchmarks.signed_in import token_of
from tests.browser.server import Server, running
from tests.builders import NOW, TODAY

pytestmark = pytest.mark.benchmark

PEOPLE = 50
EVERY, ACTS = 2.0, 8  # seconds between two acts of one person; acts of each that are counted
MOST = 300.0  # ms for 95 of 100 acts
BUSY_MACHINE = 3


@pytest.fixture(scope="module")
def server(court: LargeCourt) -> Iterator[Server]:
    with running(f"sqlite:///{court.path}", OFFRAMP_TODAY=TODAY.isoformat()) as served:
        yield served


def test_fifty_people_are_served_by_one_process(court: LargeCourt, server: Server) -> None:
    with database.reading(court.engine) as session:
        coming = select(CourtSession.id).where(col(CourtSession.held_on) > court.today)
        session_id = session.exec(coming.order_by(col(CourtSession.held_on)).limit(1)).one()
    now = max(NOW, clock.now())
    tokens = [token_of(court, now) for _ in range(PEOPLE)]
    times = sorted(asyncio.run(_everybody(server.address, tokens, session_id)))
    middle, late = times[len(times) // 2], times[len(times) * 95 // 100]
    print(f"\n{PEOPLE} people, {len(times)} acts: median {middle:.0f} ms, 95 of 100 within {late:.0f} ms")
    assert len(times) == PEOPLE * ACTS
    assert late <= MOST * BUSY_MACHINE


async def _everybody(address: str, tokens: list[str], session_id: UUID) -> list[float]:
    found = await asyncio.gather(*(_person(address, token, session_id, n) for n, token in enumerate(tokens)))
    return [one for times in found for one in times]


async def _person(address: str, token: str, session_id: UUID, number: int) -> list[float]:
    """Open the bench, then act with a pause of about two seconds; the first run is not counted."""
    await asyncio.sleep(number * 0.3)
    steady = random.Random(number)
    times = []
    stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    known = {"Cookie": f"{COOKIE}={token}"}
    protocols = [Subprotocol("streamlit"), Subprotocol("-")]
    async with connect(
        stream, origin=Origin(address), additional_headers=known, subprotocols=protocols, max_size=None
    ) as socket:
        await _act(socket, session_id)
        await asyncio.sleep((PEOPLE - number) * 0.3)
        for _ in range(ACTS):
            await asyncio.sleep(EVERY * steady.uniform(0.5, 1.5))
            times.append(await _act(socket, session_id))
    return times


async def _act(socket: ClientConnection, session_id: UUID) -> float:
    """Run the bench once and return the milliseconds until the server has finished."""
    asked = BackMsg()
    asked.rerun_script.query_string = f"session={session_id}"
    asked.rerun_script.page_name = "bench"
    begun = time.perf_counter()
    await socket.send(asked.SerializeToString())
    drawn = 0
    while True:
        told = ForwardMsg.FromString(bytes(await asyncio.wait_for(socket.recv(decode=False), 60)))
        drawn += told.WhichOneof("type") in ("delta", "ref_hash")
        if told.WhichOneof("type") == "script_finished":
            assert told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            assert drawn > 30, "the bench was not drawn"
            return (time.perf_counter() - begun) * 1000
