"""Start the dashboard alone: `python -m dashboard`; or print a court day's list: `python -m dashboard print-docket`.

The database must be ready; `./run` makes it so. What cannot be done is said in a sentence.
"""

import os
import sys

from models import readiness
from models.settings import Settings
from models.trouble import told


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or Ctrl-C, or print; return the exit code."""
    if arguments[:1] == ["print-docket"]:
        from dashboard.print_docket import print_docket

        return print_docket(arguments[1:])
    return told(_serve)


def _serve() -> int:
    from dashboard import openid, store
    from dashboard.app import make_app
    from dashboard.options import streamlit_options
    from models.openid import read

    settings = Settings.from_env(os.environ)
    openid.use(read(settings.openid_file) if settings.openid_file else None)
    store.use(readiness.guarded(settings))
    # Without a proxy named, a forwarded address is what anybody says it is.
    os.environ["FORWARDED_ALLOW_IPS"] = ",".join(settings.forwarded_allow_ips)
    make_app(settings).run(config=streamlit_options(settings))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
