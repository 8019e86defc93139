"""Every Streamlit option the product sets, with its reason: the one place, handed over when the server starts.

They stand in code and not in a file, so that a start from another folder cannot lose them and neither a stray
config.toml nor the environment can weaken them.
"""

from dashboard import theme
from models.settings import Settings

UPLOAD_TYPES = ("csv", "xlsx")
"""What an uploaded docket may be; every uploader names its kinds, and the server then refuses any other extension."""


def streamlit_options(settings: Settings) -> dict[str, object]:
    """Return Streamlit's options by dotted name for one installation."""
    return _server(settings) | _screens() | theme.streamlit_theme()


def _server(settings: Settings) -> dict[str, object]:
    return {
        "server.address": settings.address,  # the default would listen on every address of the machine
        "server.port": settings.port,
        "server.headless": True,  # no browser opens by itself, and nobody is asked for an e-mail address
        "server.fileWatcherType": "none",  # the watcher looks at every module again for each new session
        "server.runOnSave": False,
        "server.allowedHosts": list(settings.allowed_hosts),  # a foreign name that points here is refused
        "server.corsAllowedOrigins": [f"https://{host}" for host in settings.allowed_hosts],  # no look-up elsewhere
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.enableStaticServing": False,  # nothing of the project's folder is served
        "server.enableAgentApi": False,
        "server.maxUploadSize": 10,  # MB; a docket of 10,000 rows is 2
        "server.maxMessageSize": 50,  # MB; a docket of 200 rows is far below one
        "server.enableWebsocketCompression": False,  # secrets beside chosen text must not be compressed together
        "server.disconnectedSessionTTL": 120,  # s; a lost connection finds its form again for two minutes
        "browser.gatherUsageStats": False,
        "browser.serverAddress": settings.allowed_hosts[0] if settings.allowed_hosts else settings.address,
    }


def _screens() -> dict[str, object]:
    return {
        "client.showErrorDetails": "none",  # a traceback may hold a name
        "client.showErrorLinks": False,  # these would offer the error's text to outside services
        "client.toolbarMode": "viewer",  # no clear-cache and rerun keys for people who type
        "client.showSidebarNavigation": False,
        "runner.magicEnabled": False,  # a bare expression must not end up on a screen
        "runner.fastReruns": True,
        "runner.postScriptGC": False,  # a full collection after every rerun: two thirds of the time with 30 people
        "logger.level": "warning",
        "logger.enableRich": False,  # it would print an error's message past the logs, and that may hold a name
        "global.showWarningOnDirectExecution": False,
    }
