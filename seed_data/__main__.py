"""`python -m seed_data`: fill an empty database with the demonstration court. `./run` comes here the first time."""

import argparse
import os
import sys
import time
from dataclasses import replace
from datetime import date

from models import clock, migrations
from models.database import engine
from models.errors import Invalid
from models.settings import Settings
from models.trouble import told


def main(arguments: list[str] | None = None) -> int:
    """Tell the court and return the exit code: 0 done, 1 refused or failed and said so, 2 not understood."""
    args = _parser().parse_args(arguments)
    return told(lambda: _tell(args))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m seed_data", description="Tell the demonstration court.")
    parser.add_argument("--today", type=date.fromisoformat, help="the civil date it stands on; default today")
    parser.add_argument("--seed", type=int, default=1, help="another number tells other stories")
    parser.add_argument("--database", help="address of an empty database; default OFFRAMP_DATABASE_URL")
    parser.add_argument("--scale", type=float, default=1.0, help="0.1 tells about a tenth of the cases")
    return parser


def _tell(args: argparse.Namespace) -> int:
    from seed_data import house
    from seed_data.telling import tell

    settings = Settings.from_env(os.environ | ({"OFFRAMP_DATABASE_URL": args.database} if args.database else {}))
    settings = replace(settings, today=args.today or settings.today)
    today = settings.today or clock.court_day(clock.now(), house.ZONE)
    if not 0 < args.scale <= 1:
        raise Invalid("--scale is a number above 0, up to 1.")
    bind = engine(settings.database_url)
    try:
        migrations.upgrade(bind)
        began = time.monotonic()
        done = tell(bind, today, seed=args.seed, scale=args.scale)
    finally:
        bind.dispose()
    print(
        f"The demonstration court is there: {done.stories} cases as of {today:%Y-%m-%d}, "
        f"told in {time.monotonic() - began:.0f} seconds. Its next session of {house.MAIN_PART} is {done.anchor:%Y-%m-%d}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
