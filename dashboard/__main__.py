"""Start the dashboard alone: `python -m dashboard`, with the settings of the environment.

The database must be ready; `./run` makes it so. A refusal is one sentence and exit code 2.
"""

import os
import sys

from dashboard import store
from dashboard.app import make_app
from dashboard.options import streamlit_options
from models import database
from models.errors import Refused
from models.rehearsal import start_clock
from models.settings import Settings


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; return the exit code."""
    try:
        settings = Settings.from_env(os.environ)
        engine = database.engine(settings.database_url)
        start_clock(engine, settings.today)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    store.use(engine)
    # Without a proxy named, a forwarded address is what anybody says it is.
    os.environ["FORWARDED_ALLOW_IPS"] = ",".join(settings.forwarded_allow_ips)
    make_app(settings).run(config=streamlit_options(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
