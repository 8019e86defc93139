"""Which screens there are and who sees them: data, read by the frame.

A screen is a file of `views/`; its address is the file's name. A file that does not exist is left out. What stands
here opens no row: every query and command asks again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from models.rules.permissions import Action, allowed
from models.rules.vocabulary import Role

VIEWS = Path(__file__).parent / "views"


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its file and address, its title, its icon, what a role must include to have it."""

    name: str
    title: str
    icon: str
    action: Action
    listed: bool = True  # in the bar; what is not is reached by a link

    @property
    def file(self) -> Path:
        """The file of `views/`."""
        return VIEWS / f"{self.name}.py"

    @property
    def path(self) -> str:
        """Its address, the same for everybody."""
        return f"/{self.name}"


SCREENS = (
    Screen("bench", "Bench", ":material/gavel:", Action.SEE_BENCH),
    Screen("docket", "Docket", ":material/list_alt:", Action.SEE_DOCKET),
    Screen("case_file", "Case", ":material/folder_open:", Action.SEE_CASE),
    Screen("follow_up", "Follow-up", ":material/assignment_late:", Action.SEE_FOLLOW_UP),
    Screen("measures", "Measures", ":material/query_stats:", Action.SEE_MEASURES),
    Screen("reminders", "Reminders", ":material/sms:", Action.SEE_REMINDERS, listed=False),
    Screen("standings", "Standings", ":material/stacked_bar_chart:", Action.SEE_STANDINGS),
    Screen("evaluation", "Evaluation", ":material/functions:", Action.SEE_EVALUATION),
    Screen("calendar", "Calendar", ":material/calendar_month:", Action.SEE_CALENDAR),
    Screen("load_ahead", "Load ahead", ":material/trending_up:", Action.SEE_CALENDAR, listed=False),
    Screen("moves", "Moves", ":material/move_down:", Action.SEE_CALENDAR, listed=False),
    Screen("court_time", "How the parts sit", ":material/event_repeat:", Action.SEE_CALENDAR, listed=False),
    Screen("providers", "Providers", ":material/handshake:", Action.SEE_PROVIDERS),
    Screen("new_case", "New case", ":material/note_add:", Action.OPEN_CASE),
    Screen("import_cases", "Import", ":material/upload_file:", Action.IMPORT_CASES),
    Screen("sealing", "Sealing", ":material/lock:", Action.SEAL, listed=False),
    Screen("policy", "Policy", ":material/rule:", Action.SEE_POLICY),
    Screen("audit", "Audit", ":material/policy:", Action.SEE_AUDIT),
    Screen("accounts", "Accounts", ":material/group:", Action.MANAGE_ACCOUNTS),
    Screen("openings", "Openings", ":material/lock_open:", Action.ANSWER_OPENINGS),
    Screen("runs", "Scheduler", ":material/update:", Action.SEE_RUNS),
    Screen("my_account", "My account", ":material/person:", Action.OWN_ACCOUNT, listed=False),
)

#: The screen a role begins with, in the order in which somebody with several roles begins.
FIRST = {
    Role.JUDGE: "bench",
    Role.CLERK: "docket",
    Role.COORDINATOR: "follow_up",
    Role.ADMINISTRATOR: "accounts",
    Role.AUDITOR: "audit",
    Role.EVALUATOR: "evaluation",
}


def screens_of(roles: Collection[Role]) -> tuple[Screen, ...]:
    """Return the screens these roles have, in the order of the bar."""
    return tuple(screen for screen in SCREENS if allowed(roles, screen.action) and screen.file.is_file())


def first_screen(roles: Collection[Role]) -> Screen | None:
    """Return the screen somebody with these roles begins with; None when they have none."""
    mine = {screen.name: screen for screen in screens_of(roles)}
    wanted = (name for role, name in FIRST.items() if role in roles)
    return next((mine[name] for name in wanted if name in mine), next(iter(mine.values()), None))
