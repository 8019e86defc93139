"""The court's tables, one noun a file: columns, constraints and indexes, nothing else.

Foreign keys are checked at commit: a command adds its rows in any order, and either all of them hold or none is there.
"""

from sqlmodel import SQLModel

from models.tables.appearances import Appearance, Decision, DocketPrint
from models.tables.audit import AuditEvent, AuditHead, AuditList
from models.tables.cases import Acd, Case, Charge, Mandate, PhasePeriod, StageChange, StandingChange
from models.tables.courts import Closure, Court, CourtSession, Judge, Part
from models.tables.follow_ups import FollowUp
from models.tables.gates import GatedMeasure
from models.tables.identities import Identity
from models.tables.imports import ImportBatch, ImportMapping
from models.tables.installation import Installation
from models.tables.judge_absences import JudgeAbsence
from models.tables.moves import BulkMove, MovedCase
from models.tables.notes import Contact, Note
from models.tables.participants import ContactChannel, NameKey, Participant, Person, SafetyFlag
from models.tables.policies import PolicyVersion
from models.tables.reminders import Reminder
from models.tables.reports import Report, ReportVersion
from models.tables.responses import LeftUnanswered, Response
from models.tables.restrictions import NamedStaff, Opening, Restriction
from models.tables.scheduler import Heartbeat, Run, SetAside
from models.tables.sealing import Agency, Expunging, RemainingFact, SealedCase, Sealing, Vacatur
from models.tables.services import Attendance, Provider, Referral, ReferralStep, Release, Service
from models.tables.sitting_patterns import SittingPattern, Term
from models.tables.users import FeedToken, HalfSignIn, RecoveryCode, SecondFactor, User, UserRole, UserSession
from models.tables.warrants import Arrest, Warrant

for _table in SQLModel.metadata.tables.values():
    for _key in _table.foreign_key_constraints:
        _key.deferrable = True
        _key.initially = "DEFERRED"

__all__ = [
    "Acd",
    "Agency",
    "Appearance",
    "Arrest",
    "Attendance",
    "AuditEvent",
    "AuditHead",
    "AuditList",
    "BulkMove",
    "Case",
    "Charge",
    "Closure",
    "Contact",
    "ContactChannel",
    "Court",
    "CourtSession",
    "Decision",
    "DocketPrint",
    "Expunging",
    "FeedToken",
    "FollowUp",
    "GatedMeasure",
    "HalfSignIn",
    "Heartbeat",
    "Identity",
    "ImportBatch",
    "ImportMapping",
    "Installation",
    "Judge",
    "JudgeAbsence",
    "LeftUnanswered",
    "Mandate",
    "MovedCase",
    "NameKey",
    "NamedStaff",
    "Note",
    "Opening",
    "Part",
    "Participant",
    "Person",
    "PhasePeriod",
    "PolicyVersion",
    "Provider",
    "RecoveryCode",
    "Referral",
    "ReferralStep",
    "Release",
    "RemainingFact",
    "Reminder",
    "Report",
    "ReportVersion",
    "Response",
    "Restriction",
    "Run",
    "SafetyFlag",
    "SealedCase",
    "Sealing",
    "SecondFactor",
    "Service",
    "SetAside",
    "SittingPattern",
    "StageChange",
    "StandingChange",
    "Term",
    "User",
    "UserRole",
    "UserSession",
    "Vacatur",
    "Warrant",
]
