"""What a column of an export can be, and which of its many headings means it.

A guess is only proposed: the mapping is shown, corrected and remembered.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from models.rules.names import fold


class Column(StrEnum):
    """Our side of the mapping; the value is what is remembered."""

    DOCKET_NUMBER = "docket_number"
    NAME = "name"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    SUFFIX = "suffix"
    PREFERRED_NAME = "preferred_name"
    DATE_OF_BIRTH = "date_of_birth"
    AGE = "age"
    LANGUAGE = "language"
    INTERPRETER = "interpreter"
    PART = "part"
    OPENED_ON = "opened_on"
    INCIDENT_ON = "incident_on"
    NEXT_ON = "next_on"
    COUNT = "count"
    STATUTE = "statute"
    CHARGE = "charge"
    SEVERITY = "severity"
    DISPOSITION = "disposition"
    DISPOSED_ON = "disposed_on"


TITLES: Mapping[Column, str] = MappingProxyType(
    {
        Column.DOCKET_NUMBER: "Docket number",
        Column.NAME: "Whole name",
        Column.LAST_NAME: "Last name",
        Column.FIRST_NAME: "First name",
        Column.MIDDLE_NAME: "Middle name",
        Column.SUFFIX: "Suffix (Jr, III)",
        Column.PREFERRED_NAME: "Preferred name",
        Column.DATE_OF_BIRTH: "Date of birth",
        Column.AGE: "Age",
        Column.LANGUAGE: "Language",
        Column.INTERPRETER: "Interpreter",
        Column.PART: "Part",
        Column.OPENED_ON: "Filed on",
        Column.INCIDENT_ON: "Date of the incident",
        Column.NEXT_ON: "Next court date",
        Column.COUNT: "Count number",
        Column.STATUTE: "Statute",
        Column.CHARGE: "Charge",
        Column.SEVERITY: "Severity",
        Column.DISPOSITION: "Disposition",
        Column.DISPOSED_ON: "Disposed on",
    }
)

#: Headings as court systems write them, folded; the first column that fits takes the field.
_SYNONYMS: Mapping[Column, str] = MappingProxyType(
    {
        Column.DOCKET_NUMBER: "docket number|docket no|docket|docket num|docket nbr|docket id|case number|case no|case num|"
        "case nbr|case id|case|cause number|cause no|index number|indictment number|casenumber|docketnumber|file number",
        Column.NAME: "name|full name|defendant|defendant name|defendants name|party|party name|participant|participant name|"
        "deft name|deft|def name|client name|person|caption|case caption|case title|style|defendant full name|respondent",
        Column.LAST_NAME: "last name|last|lastname|surname|family name|defendant last name|def last name|deft last name|lname",
        Column.FIRST_NAME: "first name|first|firstname|given name|given names|defendant first name|def first name|"
        "deft first name|fname|forename",
        Column.MIDDLE_NAME: "middle name|middle|middlename|middle initial|mi|m i|mname|defendant middle name",
        Column.SUFFIX: "suffix|name suffix|generation|defendant suffix",
        Column.PREFERRED_NAME: "preferred name|goes by|known as|called|chosen name|nickname",
        Column.DATE_OF_BIRTH: "date of birth|dob|birth date|birthdate|birthday|born|d o b|defendant dob|def dob|deft dob",
        Column.AGE: "age|reported age|age at intake|age at arrest|defendant age",
        Column.LANGUAGE: "language|primary language|preferred language|spoken language|lang|languages|language spoken",
        Column.INTERPRETER: "interpreter|interpreter needed|interpreter required|interpreter language|needs interpreter|"
        "interp|interpreter y n|interpreter lang",
        Column.PART: "part|court part|courtroom|department|dept|division|room|court room|part name|docket part",
        Column.OPENED_ON: "filed|filed on|file date|filing date|date filed|case filed|filed date|opened|open date|"
        "case opened|arraigned|arraignment date|arraigned on|case date",
        Column.INCIDENT_ON: "incident date|date of incident|offense date|offence date|date of offense|date of offence|"
        "arrest date|date of arrest|incident|violation date|crime date|occurrence date|charge date|offense dt|arrest dt",
        Column.NEXT_ON: "next court date|next date|next appearance|next hearing|next event|next event date|adjourn date|"
        "adjourned to|adjournment date|hearing date|court date|return date|next hearing date|next appearance date|"
        "appearance date|next court appearance|calendar date|scheduled date|event date|hearing dt",
        Column.COUNT: "count|count number|count no|count num|charge number|charge no|charge num|charge sequence|seq|"
        "sequence|charge seq|count nbr|charge count",
        Column.STATUTE: "statute|statute code|statute number|charge code|law|law section|section|penal law|code section|"
        "offense code|offence code|charge statute|penal code|statute cd|law code|pl section|citation|statute citation",
        Column.CHARGE: "charge|charges|charge description|description|offense|offence|offense description|"
        "offence description|charge desc|charge text|top charge|statute description|charge literal|crime|offense desc",
        Column.SEVERITY: "severity|class|charge class|offense class|degree|level|charge level|charge degree|category|"
        "charge severity|offense level|charge weight|weight|fel misd|f m",
        Column.DISPOSITION: "disposition|dispo|charge disposition|disposition description|outcome|result|disp",
        Column.DISPOSED_ON: "disposition date|dispo date|disposed|disposed on|date disposed|date of disposition|disp date",
    }
)


def _run_together(words: str) -> str:
    return words.replace(" ", "")


_BY_HEADING = {_run_together(heading): column for column, all_of in _SYNONYMS.items() for heading in all_of.split("|")}


def recognised(heading: str) -> Column | None:
    """Return what a heading means, whatever its case and punctuation ("Case_No.", "D.O.B."); None if it is unknown."""
    return _BY_HEADING.get(_run_together(fold(heading.replace("#", " no "))))


def guessed(headings: Sequence[str]) -> dict[Column, str]:
    """Return which heading each column is likely to be, as far as the headings say; each heading at most once."""
    found: dict[Column, str] = {}
    for heading in headings:
        column = recognised(heading)
        if column is not None:
            found.setdefault(column, heading)
    return found


def fitting(remembered: Mapping[str, str], headings: Sequence[str]) -> dict[Column, str]:
    """Return a remembered mapping as far as both sides still exist."""
    known = {column.value: column for column in Column}
    return {known[name]: heading for name, heading in remembered.items() if name in known and heading in headings}


def headings_key(headings: Iterable[str]) -> str:
    """Return the fingerprint of a set of headings, whatever their order, case and punctuation."""
    return hashlib.sha256("\n".join(sorted(fold(heading) or heading for heading in headings)).encode()).hexdigest()


def missing(mapping: Mapping[Column, str]) -> tuple[str, ...]:
    """Return in words what a mapping cannot do without; empty when it can be read."""
    wanted = []
    if Column.DOCKET_NUMBER not in mapping:
        wanted.append("Choose the column that holds the docket number.")
    if Column.NAME not in mapping and Column.LAST_NAME not in mapping:
        wanted.append("Choose the column that holds the whole name, or the one that holds the last name.")
    if Column.CHARGE not in mapping and Column.STATUTE not in mapping:
        wanted.append("Choose the column that holds the charge or its statute.")
    chosen = list(mapping.values())
    if len(set(chosen)) < len(chosen):
        wanted.append("One column is chosen twice. Choose each column once.")
    return tuple(wanted)
