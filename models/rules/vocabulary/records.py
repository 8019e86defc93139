"""The record of a case after its end: who holds copies of it."""

from enum import StrEnum


class AgencyKind(StrEnum):
    """What an agency is that must be told when a record is sealed."""

    PROSECUTION = "prosecution"
    POLICE = "police"
    REPOSITORY = "repository"  # the state's record of arrests and convictions
    DEFENSE = "defense"
    OTHER = "other"
