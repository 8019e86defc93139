"""Check an Offramp audit without Offramp: copy this one file to any machine with Python 3.11 and run it.

    python stand_alone_verifier.py SOURCE [--checkpoints FILE] [--public-key HEX]

SOURCE is an export (JSON lines), the SQLite database file, or a postgresql:// address. It needs Python alone; to check
signatures `cryptography`, to read PostgreSQL `psycopg`. It shares no code with the program whose work it checks.
Exit code: 0 everything is in place, 1 something is not (and from which event on), 2 it could not be read.
"""

import argparse
import hashlib
import json
import sqlite3
import sys
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

NOTHING = "None"


#: One event as text, whatever it was read from: `at` is UTC, ids are with hyphens, an absent one is "None".
Event = namedtuple("Event", "court seq at actor action subject_type subject case session list detail previous hash")


class Source:
    """What is to be checked: events in order, the cases of lists, and the noted end of each court's chain."""

    def __init__(self) -> None:
        self.events: Iterable[Event] = ()
        self.lists: dict[tuple[str, str], list[str]] = {}
        self.ends: dict[str, tuple[int, str]] = {}
        self.close: Callable[[], Any] = lambda: None
        self.begins: dict[str, int] = {}  # the first event of an export that is only a part


def hash_of(event: Event) -> str:
    """Return the hash an event must carry."""
    more = [event.session, event.list] if (event.session, event.list) != (NOTHING, NOTHING) else []
    kind = "offramp audit 2" if more else "offramp audit 1"
    said: list[Any] = [kind, *event[:8], event.detail, event.previous, *more]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def list_id_of(cases: Iterable[str]) -> str:
    """Return the id that a list of cases must have."""
    digest = hashlib.sha256(("offramp list 1\n" + "\n".join(sorted(cases))).encode()).hexdigest()
    return hyphens(digest[:32])


def hyphens(digits: str | None) -> str:
    """Return an id as it is written everywhere but in SQLite; "None" for none."""
    if not digits:
        return NOTHING
    d = str(digits).replace("-", "")
    return f"{d[:8]}-{d[8:12]}-{d[12:16]}-{d[16:20]}-{d[20:]}"


EVENTS = """SELECT court_id, seq, actor_id, action, subject_type, subject_id, case_id, session_id, list_id,
    previous_hash, hash, at, detail FROM audit_events ORDER BY court_id, seq"""


def _event(row: Any, at: str, detail: Any) -> Event:
    court, seq, actor, action, kind, subject, case, session, listed, previous, own = row[:11]
    court, actor, subject, case, session, listed = map(hyphens, (court, actor, subject, case, session, listed))
    return Event(court, seq, at, actor, action, kind, subject, case, session, listed, detail, previous, own)


def from_sqlite(path: Path) -> Source:
    """Read a database file without changing it."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    rows = connection.execute(EVENTS)
    instants = ((row, row[11].replace(" ", "T")) for row in rows)
    events = (_event(row, f"{at}{'' if '.' in at else '.000000'}+00:00", json.loads(row[12])) for row, at in instants)
    return _from_database(events, connection, connection.close)


def from_postgresql(address: str) -> Source:
    """Read a PostgreSQL database."""
    import psycopg

    connection = psycopg.connect(address.replace("postgresql+psycopg://", "postgresql://"))
    connection.execute("SET default_transaction_read_only = on")
    connection.execute("SET timezone = 'UTC'")
    cursor = connection.cursor(name="audit")  # the server hands it over piece by piece
    cursor.itersize = 10_000
    instants = ((row, row[11].isoformat(timespec="microseconds")) for row in cursor.execute(EVENTS))
    events = (_event(row, at if "+" in at else f"{at}+00:00", row[12]) for row, at in instants)
    return _from_database(events, connection, lambda: [end() for end in (cursor.close, connection.close)])


def _from_database(events: Iterable[Event], connection: Any, close: Callable[[], Any]) -> Source:
    source, execute = Source(), connection.execute
    source.events, source.close = events, close
    for court, list_id, case_id in execute("SELECT court_id, list_id, case_id FROM audit_lists"):
        source.lists.setdefault((hyphens(court), hyphens(list_id)), []).append(hyphens(case_id))
    for court, seq, end in execute("SELECT court_id, seq, hash FROM audit_heads"):
        source.ends[hyphens(court)] = (seq, end)
    return source


def from_export(path: Path) -> Source:
    """Read an export: lines of JSON."""
    source = Source()

    def rows() -> Iterator[Event]:
        court = ""
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                said = json.loads(line)
                if said.get("kind") == "offramp audit export 1":
                    court = said["court"]
                    if not said["whole"]:
                        source.begins[court] = said["first"]
                    source.ends[court] = (said["last"], "")
                elif "cases" in said:
                    source.lists[court, said["list"]] = said["cases"]
                elif "seq" in said:
                    yield Event(court, **{name: said[name] for name in Event._fields[1:]})

    source.events = rows()
    return source


def checkpoints(path: Path, public_key: str | None) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the checkpoints whose signature is good (all, without a key), and what is wrong with the file."""
    said: list[dict[str, Any]] = []
    wrong, before = [], ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            point = json.loads(line)
            signature = bytes.fromhex(point.pop("signature"))
            _signed(point, signature, public_key)
        except Exception as problem:  # noqa: BLE001 - whatever it is, such a line proves nothing
            wrong.append(f"checkpoint {number} is not signed with this key ({type(problem).__name__})")
        else:
            if point["previous"] != (hashlib.sha256(before.encode()).hexdigest() if before else ""):
                wrong.append(f"checkpoint {number} does not follow the one before")
            if point["restored"]:
                said = [one for one in said if one["court"] != point["court"] or one["seq"] < point["seq"]]
            said.append(point)
        before = line
    return said, wrong


def _signed(point: dict[str, Any], signature: bytes, public_key: str | None) -> None:
    """Raise unless the signature is the key's; without a key nothing can be told."""
    if public_key is None:
        return
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    text = json.dumps(point, sort_keys=True, separators=(",", ":"))
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, text.encode())


def check(source: Source, points: Iterable[dict[str, Any]] = ()) -> tuple[dict[str, int], list[str]]:
    """Return how far each court's chain is in place, and the first thing that is wrong in each court."""
    signed: dict[tuple[str, int], str] = {(one["court"], one["seq"]): one["hash"] for one in points}
    good: dict[str, int] = {}
    wrong: dict[str, str] = {}
    last: dict[str, str] = {}
    for event in source.events:
        court = event.court
        if court in wrong:
            continue
        problem = _problem(event, good.get(court), last.get(court, ""), source, signed)
        if problem:
            wrong[court] = problem
        else:
            good[court], last[court] = event.seq, event.hash
    courts = {*good, *source.ends, *(court for court, _ in signed if source.ends)}
    for court in courts - wrong.keys():
        if problem := _end(
            court, good.get(court, source.begins.get(court, 1) - 1), last.get(court, ""), source, signed
        ):
            wrong[court] = problem
    return good, [f"court {court}: {problem}" for court, problem in sorted(wrong.items())]


def _problem(
    event: Event, before: int | None, previous: str, source: Source, signed: dict[tuple[str, int], str]
) -> str | None:
    """Return why an event does not fit what came before it and what was signed; None when it does."""
    begin = source.begins.get(event.court, 1)
    expected = begin if before is None else before + 1
    previous = event.previous if before is None and begin > 1 else previous
    if event.seq != expected:
        return f"event {expected} is missing: event {event.seq} stands in its place"
    if event.hash != hash_of(event):
        return f"event {expected} was changed or put in"
    if event.previous != previous:
        return f"event {expected} does not follow the event before it"
    if signed.get((event.court, event.seq), event.hash) != event.hash:
        since = max((seq for court, seq in signed if court == event.court and seq < event.seq), default=0)
        return f"events {since + 1} to {event.seq} were rewritten: another hash was signed of the last"
    if event.list != NOTHING and list_id_of(source.lists.get((event.court, event.list), ())) != event.list:
        return f"the cases on the list of event {event.seq} were changed"
    return None


def _end(court: str, events: int, end: str, source: Source, signed: dict[tuple[str, int], str]) -> str | None:
    """Return why the end of a chain is not where it should be; None when it is."""
    seq, noted = source.ends.get(court, (0, ""))
    most = max((number for one, number in signed if one == court), default=0)
    if seq != events:
        return f"the noted end is event {seq}, the last event is {events}: from event {min(seq, events) + 1} on it is wrong"
    if noted and noted != end:
        return f"event {events}, the last one, was replaced"
    if most > events and court not in source.begins:
        return f"{most} events were signed, {events} are there: those from event {events + 1} on are missing"
    return None


def main(arguments: list[str] | None = None) -> int:
    """Check what the command line names and say what was found."""
    parser = argparse.ArgumentParser(description="Check an Offramp audit without Offramp.")
    parser.add_argument("source", help="an export, a SQLite database file, or postgresql://...")
    parser.add_argument("--checkpoints", type=Path, help="the file of signed checkpoints")
    parser.add_argument("--public-key", help="64 hexadecimal digits, kept by the court since the beginning")
    asked = parser.parse_args(arguments)
    try:
        points, wrong = checkpoints(asked.checkpoints, asked.public_key) if asked.checkpoints else ([], [])
        source = _source(asked.source)
        good, more = check(source, points)
        source.close()
    except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as problem:
        print(f"{asked.source} could not be read: {type(problem).__name__}", file=sys.stderr)
        return 2
    for court, events in sorted(good.items()):
        print(f"court {court}: in place up to event {events}.")
    if asked.checkpoints and not asked.public_key:
        print("Without --public-key the signatures of the checkpoints were not checked.")
    for said in (*wrong, *more):
        print(f"WRONG: {said}.")
    return 1 if wrong or more else 0


def _source(named: str) -> Source:
    if named.startswith(("postgresql://", "postgresql+psycopg://")):
        return from_postgresql(named)
    path = Path(named)
    with path.open("rb") as file:
        is_sqlite = file.read(15) == b"SQLite format 3"
    return from_sqlite(path) if is_sqlite else from_export(path)


if __name__ == "__main__":
    sys.exit(main())
