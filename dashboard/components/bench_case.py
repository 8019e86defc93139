"""The case in front of the judge: who she is to be called, the one sentence, her services and the court's responses."""

from collections.abc import Iterator, Sequence

from dashboard import wording
from dashboard.components.card import card, show_card
from dashboard.components.chips import chips, flag_words
from dashboard.components.heading import sentence
from dashboard.components.html import Cell, Column, Html, Row, details, join, show, table, tag
from dashboard.components.room import faces_room
from dashboard.components.timeline import show_timeline
from dashboard.wording import Word
from dashboard.wording.shapes import accent, bad, good, warn
from models.queries.bench import BenchCase
from models.queries.bench_case import BenchService
from models.queries.timeline import TimelineResponse
from models.rules.vocabulary import BEFORE_MANDATE, REFERRAL_OPEN, InterpreterState, ReferralState, ResponseState

RESPONSES_SHOWN = 4


def show_heading(case: BenchCase) -> None:
    """Show who she is to be called, what the court must know, and the one sentence; to the room, only what it may see."""
    who = case.heading
    said = [who.script or "", f"“{who.pronunciation}”" if who.pronunciation else "", who.pronouns or ""]
    beside = tag("span", " · ".join(part for part in said if part), css="of-beside")
    called = Html(f'<div class="of-head of-who">{tag("h1", who.called)}{beside}</div>')
    particulars = tag("p", " · ".join(_particulars(case)), css="of-note")
    top = tag("div", join([tag("div", join([called, particulars])), chips(_chips(case))]), css="of-in-front")
    show(join([top, _since(case)]))


def _particulars(case: BenchCase) -> Iterator[str]:
    who, course = case.heading, case.standing.course
    yield f"Docket {who.docket_number}"
    if not faces_room():
        yield wording.count(who.charges, "charge")
    if course.phase_name:
        yield f"phase {course.phase}, {course.phase_name}"
        yield f"day {course.day_of_program}"
    elif who.stage in BEFORE_MANDATE:
        yield "no mandate yet"
    else:
        yield wording.text(who.stage)
    if not faces_room():
        yield f"minor: {'not known' if who.minor_at_offence is None else 'yes' if who.minor_at_offence else 'no'}"
    if who.legal_name and who.legal_name != who.called:
        yield f"legal name {who.legal_name}"


def _chips(case: BenchCase) -> Iterator[Word]:
    standing = wording.word(case.standing.standing)
    yield Word(_capital(case.standing.headline), standing.shape, standing.tone)
    who = case.heading
    if who.interpreter is not InterpreterState.NOT_NEEDED:
        booked = who.interpreter is InterpreterState.BOOKED
        whose = f"{who.interpreter_language or 'Language not recorded'}: interpreter"
        yield good(f"{whose} booked") if booked else warn(f"{whose} not booked")
    for look in flag_words(who.flags, faces_room=faces_room()):
        yield Word(_capital(look.text), look.shape, look.tone)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _since(case: BenchCase) -> Html:
    """Return the one sentence: what has happened since the last appearance, and what was promised then."""
    parts = (tag("strong", part.text) if part.emphasised else part.text for part in case.since.parts)
    return sentence(join(parts, ""))


def show_compliance(case: BenchCase) -> None:
    """Show the timeline, and under it the reasons behind the standing, to be unfolded."""
    course, known = case.standing.course, case.facts.information_on
    expected = wording.count(course.sessions, "session")
    sessions = wording.attended_of(course.attended, expected) if course.sessions else "no mandate"
    as_of = f"information as of {wording.day_short(known)}" if known else "no information yet"
    with card("Compliance", f"{sessions} · {as_of}", key="bench-compliance"):
        why = details("Why this standing", _explained(case))
        show_timeline(case.timeline, case.today, key="bench-timeline", beside=why)


def _explained(case: BenchCase) -> Html:
    said = (*case.standing.reasons, *case.standing.information, *case.standing.course.reasons)
    items = join((tag("li", reason) for reason in dict.fromkeys(said)), "")
    known = case.facts.information_on
    as_of = wording.day_year(known) if known else "no day: nothing has come in yet"
    of = tag("p", f"Policy {case.policy_version}. Information of {as_of}.", css="of-note")
    return join([tag("ul", items), of])


def show_services(case: BenchCase) -> None:
    """Show each service with its state and how long it has been so; for the room neither its kind nor its provider."""
    going = [one for one in case.services if one.mandated or one.state in REFERRAL_OPEN]
    rows = [Row([_service_name(one), _provider(one), _service_state(one, case)]) for one in going]
    listed = table("Services and their state", ["Service", "Provider", "Status"], rows)
    show_card("Services", _services_note(case.services, going), listed, key="bench-services")


def _services_note(services: Sequence[BenchService], going: Sequence[BenchService]) -> str:
    without = sum(one.state is ReferralState.NEEDED for one in going)
    counted = [f"{len(going) - without} open"] if going else ["none open"]
    counted += [f"{wording.count(without, 'need')} without a place"] if without else []
    counted += [f"{len(services) - len(going)} ended"] if len(services) > len(going) else []
    return " · ".join(counted)


def _service_name(one: BenchService) -> Cell:
    name = "Service" if faces_room() else _capital(wording.text(one.kind))
    return join([name, tag("small", "mandate", css="of-quiet")]) if one.mandated else name


def _provider(one: BenchService) -> Cell:
    if faces_room():
        return tag("em", "hidden")
    return one.provider or tag("em", "none found")


def _service_state(one: BenchService, case: BenchCase) -> Word:
    look = wording.word(one.state)
    waited = (case.today - one.since).days
    expected = one.expected or (case.standing.course.sessions if one.mandated else 0)
    if one.state is ReferralState.ENROLLED and expected:
        return Word(f"enrolled, {wording.attended_of(one.attended, str(expected))}", look.shape, look.tone)
    if one.state is ReferralState.WAITLISTED:
        place = f", place {one.queue_place}" if one.queue_place else ""
        return Word(f"waitlisted {wording.count(waited, 'day')}{place}", look.shape, look.tone)
    if one.state is ReferralState.REFERRED:
        return warn(f"no answer for {wording.count(waited, 'day')}") if waited > 7 else accent("referred")
    if one.state is ReferralState.NEEDED:
        return bad(f"no place found, {wording.count(waited, 'day')}")
    return look


def show_responses(case: BenchCase) -> None:
    """Show the graduated history of the court's responses, the latest first."""
    given = [_response(one) for one in reversed(case.timeline.responses)]
    columns: list[Column | str] = [Column("Date", narrow=True), "Response", "For", Column("State", narrow=True)]
    listed = table("Court responses, the latest first", columns, given[:RESPONSES_SHOWN])
    if not given:
        listed = tag("p", "The court has not responded yet.", css="of-note")
    if len(given) > RESPONSES_SHOWN:
        earlier = given[RESPONSES_SHOWN:]
        listed = join([listed, details(f"{len(earlier)} earlier", table("Earlier responses", columns, earlier))])
    show_card("Court responses", case.ratio, listed, key="bench-responses")


def _response(one: TimelineResponse) -> Row:
    look = wording.word(one.kind)
    step = f", step {one.step}" if one.step > 1 else ""
    said = Word(f"{_capital(look.text)}{step}: {one.what}", look.shape, look.tone)
    withdrawn = one.state is ResponseState.WITHDRAWN
    cells: list[Cell] = [wording.day_short(one.decided_on), said, _answered(one), wording.word(one.state)]
    return Row(cells, past=withdrawn)


def _answered(one: TimelineResponse) -> str:
    """Say what a response answered: the behaviour with its day, or the first reason, where that is no one's own words."""
    if one.behaviour_on:
        return f"{wording.text(one.behaviour)}, {wording.day_short(one.behaviour_on)}"
    if faces_room() and one.outside_reason:
        return wording.text(one.behaviour)
    return one.because.split(". ")[0].rstrip(".")
