"""What tests of hostile requests may ask for: the browser and the court of the plain routes."""

from tests.dashboard.conftest import admin, browser

__all__ = ["admin", "browser"]
