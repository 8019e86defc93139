"""Promises of the look: readable in both schemes, from this machine alone."""

from dataclasses import fields
from pathlib import Path
from re import findall

import pytest

from dashboard import exports, scripts, theme
from dashboard.options import streamlit_options
from models.settings import Settings

PALETTES = {"light": theme.LIGHT, "dark": theme.DARK}
PAIRS = [
    *((text, "paper") for text in ("ink", "soft", "accent_text", "good", "warn", "bad", "quiet")),
    *((text, "field") for text in ("ink", "soft")),
    *((f"{tone}", f"{tone}_soft") for tone in ("good", "warn", "bad", "quiet")),
    ("accent_text", "accent_soft"),
    *((text, "accent_soft") for text in ("ink", "soft", "good", "warn", "bad")),
]


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", PALETTES)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    palette = PALETTES[scheme]
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("scheme", PALETTES)
def test_white_text_stands_out_from_the_accent(scheme: str) -> None:
    assert contrast("#ffffff", PALETTES[scheme].accent) >= 4.5


def test_every_colour_of_the_style_sheet_is_a_variable_of_the_palette() -> None:
    css = (Path(theme.__file__).with_name("style.css")).read_text(encoding="utf-8")
    known = {field.name.replace("_", "-") for field in fields(theme.Palette)}
    assert set(findall(r"var\(--([\w-]+)\)", css)) <= known
    assert not findall(r"#[0-9a-fA-F]{3,8}\b", css)


def test_the_style_sheet_asks_no_other_host() -> None:
    assert "//" not in theme.style_sheet().replace("://www.w3.org", "")


def test_every_offered_font_is_shipped() -> None:
    folder = Path(exports.__file__).with_name("fonts")
    assert all((folder / name).is_file() for name in scripts.RANGES)


def test_streamlit_knows_every_option_and_the_protecting_ones_are_set() -> None:
    from streamlit import config

    options = streamlit_options(Settings(allowed_hosts=("court.example",)))
    assert set(options) <= set(config.get_config_options())
    assert options["server.address"] == "127.0.0.1"
    assert options["server.allowedHosts"] == ["court.example"]
    assert options["client.showErrorDetails"] == "none"
    assert options["client.showErrorLinks"] is False
    assert options["browser.gatherUsageStats"] is False
    assert options["server.fileWatcherType"] == "none"
    assert options["server.maxUploadSize"] == 10
