"""Arcs of cases that are over on the anchor's day, or nearly so, with how many of each and when they were opened."""

from seed_data.arcs import Arc, Ending, Placement, Release
from seed_data.running_arcs import Group

_DONE = (-1120, -400)

PAST = (
    Group(Arc(key="was_steady", every_days=5), 84, _DONE),
    Group(Arc(key="was_slow", sessions="eama", every_days=5, happenings=((10, "shelter"),)), 36, _DONE),
    Group(Arc(key="was_cancelled", sessions="acaca", every_days=5, reports="tlt"), 24, _DONE),
    Group(Arc(key="was_absent", sessions="amama", every_days=5, happenings=((20, "legal"),)), 28, _DONE),
    Group(Arc(key="was_missing", sessions="aama", every_days=5, courts="+-+"), 16, _DONE),
    Group(Arc(key="was_adjourned", courts="=+x+", every_days=5, reports="g"), 12, _DONE),
    Group(Arc(key="was_waiting", acd_waits=True, every_days=5), 14, _DONE),
    Group(Arc(key="was_young", program="young-people", minor=True, every_days=5), 14, (-1120, -480)),
    Group(Arc(key="was_elsewhere", placement=Placement.DECLINED_ONCE, every_days=5), 10, _DONE),
    Group(Arc(key="declined", ending=Ending.DECLINES, release=Release.NOT_ASKED), 84, (-1120, -30)),
    Group(Arc(key="transferred", ending=Ending.TRANSFERS, after=2, every_days=12), 34, (-1120, -90)),
    Group(Arc(key="dismissed_early", ending=Ending.DISMISSED, after=2), 44, (-1120, -60)),
)
