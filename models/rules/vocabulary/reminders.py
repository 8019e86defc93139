"""Reminders: how one stands in the outbox, why one was not sent, and the languages they are written in."""

from enum import StrEnum


class ReminderState(StrEnum):
    """The life of one reminder; what was claimed is never sent a second time, whatever happened to the sender."""

    WAITING = "waiting"  # for somebody of the court to approve it
    READY = "ready"
    CLAIMED = "claimed"  # one sender has taken it and is about to send
    SENT = "sent"
    DROPPED = "dropped"  # what it would have said no longer holds
    FAILED = "failed"  # the gateway refused it
    NOT_KNOWN = "not_known"  # claimed, and then the sender was never heard of again


class WhyDropped(StrEnum):
    """Why a reminder was not sent."""

    MOVED = "moved"  # the appearance is on another day, or no longer on the calendar
    SESSION_CLOSED = "session_closed"
    CASE_LEFT = "case_left"  # closed, sealed, or not before the court at present
    STOPPED = "stopped"  # the participant asked for none
    NO_SAFE_WAY = "no_safe_way"  # no way of contact is safe and agreed to
    NO_GATEWAY = "no_gateway"  # the installation can send by none of the ways that are
    NO_LONGER_DUE = "no_longer_due"  # a later reminder is due by now, or the policy has none any more
    TOO_LATE = "too_late"  # its day in court has come
    DECLINED = "declined"  # by somebody of the court


class TextLanguage(StrEnum):
    """Languages in which the product can tell a day and a time (ISO 639-1, with the script where it has several)."""

    ENGLISH = "en"
    SPANISH = "es"
    CHINESE = "zh-Hans"
    KOREAN = "ko"
    PORTUGUESE = "pt"
    RUSSIAN = "ru"
