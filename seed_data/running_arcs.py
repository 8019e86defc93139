"""Arcs of cases that are under way on the anchor's day, with how many of each and when they were opened."""

from dataclasses import dataclass

from seed_data.arcs import Arc, Ending, Placement, Release


@dataclass(frozen=True)
class Group:
    """So many cases of one arc, opened between two days before the anchor."""

    arc: Arc
    count: int
    opened: tuple[int, int]


_R = Release

RUNNING = (
    Group(Arc(key="steady", every_days=9, happenings=((12, "health_check"), (30, "job_training"))), 10, (-100, -30)),
    Group(Arc(key="steady_new", every_days=10), 6, (-34, -14)),
    Group(Arc(key="slow_start", sessions="eema", every_days=12, happenings=((9, "shelter"),)), 6, (-130, -30)),
    Group(Arc(key="provider_cancels", sessions="acacca", every_days=9, reports="tgt"), 5, (-110, -40)),
    Group(Arc(key="absences_answered", sessions="ammama", every_days=9), 4, (-120, -50)),
    Group(Arc(key="absences_nothing_done", sessions="aamm", every_days=8, answers=False, courts="+++="), 4, (-95, -50)),
    Group(Arc(key="missed_court", sessions="aama", every_days=11, courts="+-+"), 4, (-110, -50)),
    Group(Arc(key="missed_unanswered", courts="++-", every_days=12, answers=False), 3, (-95, -60)),
    Group(Arc(key="absconded", courts="+w", sessions="am", every_days=12, ending=Ending.STAYS), 7, (-330, -40)),
    Group(Arc(key="returned", courts="+w+", sessions="ama", every_days=12, ending=Ending.RETURNS), 4, (-190, -110)),
    Group(Arc(key="report_late", reports="lln", every_days=10), 5, (-100, -40)),
    Group(Arc(key="report_never", reports="tn", every_days=10), 3, (-90, -40)),
    Group(Arc(key="release_ended", release=_R.ENDS, every_days=12), 3, (-80, -40)),
    Group(Arc(key="release_ends_soon", release=_R.ENDS_SOON, every_days=12), 3, (-80, -40)),
    Group(Arc(key="release_declined", release=_R.DECLINED, happenings=((20, "reached"),)), 3, (-75, -30)),
    Group(Arc(key="release_revoked", release=_R.REVOKED, every_days=12), 2, (-80, -55)),
    Group(Arc(key="not_asked", release=_R.NOT_ASKED), 2, (-40, -20)),
    Group(Arc(key="unanswered", placement=Placement.UNANSWERED, release=_R.NOT_ASKED), 3, (-25, -9)),
    Group(Arc(key="accepted", placement=Placement.ACCEPTED), 2, (-24, -12)),
    Group(Arc(key="elsewhere", placement=Placement.DECLINED_ONCE, every_days=9), 3, (-90, -40)),
    Group(Arc(key="not_placed", placement=Placement.NONE, release=_R.NOT_ASKED), 3, (-30, -5)),
    Group(Arc(key="new", books_interpreter=False), 6, (-9, -2)),
    Group(Arc(key="unverified", sessions="auua", every_days=9), 3, (-80, -40)),
    Group(Arc(key="disputed", sessions="aama", every_days=9, happenings=((-8, "absence_disputed"),)), 3, (-80, -50)),
    Group(Arc(key="report_disputed", sessions="aamm", happenings=((-6, "report_disputed"),)), 2, (-80, -50)),
    Group(Arc(key="report_corrected", sessions="amam", happenings=((-5, "report_corrected"),)), 3, (-90, -50)),
    Group(Arc(key="corrected", sessions="ama", happenings=((-7, "absence_corrected"),)), 2, (-90, -50)),
    Group(Arc(key="withdrawn", sessions="ama", every_days=9, happenings=((-9, "response_withdrawn"),)), 3, (-90, -55)),
    Group(Arc(key="no_next_date", courts="+o", every_days=12, ending=Ending.STAYS), 4, (-85, -62)),
    Group(Arc(key="proposed", courts="+o", ending=Ending.STAYS, happenings=((-2, "proposed"),)), 3, (-60, -40)),
    Group(Arc(key="other", courts="o", ending=Ending.STAYS, happenings=((-3, "other_date"),)), 2, (-60, -40)),
    Group(Arc(key="soon", courts="o", ending=Ending.STAYS, happenings=((-1, "short_notice"),)), 1, (-50, -40)),
    Group(Arc(key="sooner", courts="o", ending=Ending.STAYS, happenings=((-2, "short_notice"),)), 1, (-50, -40)),
    Group(Arc(key="screened", happenings=((1, "screened"),)), 3, (-9, -3)),
    Group(Arc(key="offered", offered=True), 3, (-9, -2)),
    Group(Arc(key="removed", every_days=12, happenings=((-6, "removed"),)), 2, (-70, -40)),
    Group(Arc(key="moved", every_days=12, happenings=((-4, "moved"),)), 3, (-90, -30)),
    Group(
        Arc(key="young", program="young-people", minor=True, every_days=14, happenings=((6, "mentor"), (9, "family"))),
        5,
        (-140, -20),
    ),
    Group(Arc(key="one_year", program="one-year", every_days=14, happenings=((15, "housing_found"),)), 9, (-360, -40)),
    Group(
        Arc(key="one_year_hard", program="one-year", sessions="aamacama", every_days=12, courts="++++-+++x+"),
        4,
        (-330, -90),
    ),
    Group(Arc(key="completed_waiting", every_days=7, acd_waits=True), 6, (-110, -80)),
    Group(Arc(key="acd", every_days=8, happenings=((25, "own_home_needed"),)), 30, (-280, -130)),
    Group(Arc(key="acd_over", every_days=7, confirmed=False), 2, (-285, -272)),
)

#: Happenings spread over the running cases, so that every one of them is met somewhere.
SPREAD = (
    (18, "team_note"), (24, "own_note"), (15, "reached"), (33, "reached"), (28, "not_reached"), (10, "legal"),
    (20, "legal_declined"), (14, "mental_health"), (16, "recovery"), (12, "recovery_left"), (22, "evening_classes"),
    (26, "life_skills"), (8, "grant"), (5, "clothing"), (7, "fares"), (9, "advocacy"), (11, "family"),
    (17, "immigration_found"), (13, "immigration_needed"), (21, "housing_unanswered"), (19, "housing_waitlisted"),
    (6, "appointment_interpreter"), (-9, "by_hand"), (-3, "team_note"), (-12, "reached"), (0, "flag_initials_only"),
    (0, "flag_no_address_aloud"), (0, "flag_separate_waiting"), (0, "flag_companion_not_safe"),
    (0, "flag_no_voicemail"), (0, "flag_substitute_address"),
)  # fmt: skip
