"""Parts of the screens that are drawn by scripts of our own, served as files from this server and no other.

A script that is handed over as text would be loaded as a blob, which the content policy does not allow.
"""

from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

_FOLDER = Path(__file__).parent
_OWNER, _CASE_LIST = "offramp", "case_list"


def case_list() -> ComponentRenderer:
    """Return the list of cases of which one is chosen; what it takes and tells stands in `case_list.js`."""
    return _registered(get_bidi_component_manager())


@lru_cache(maxsize=1)  # a server has one
def _registered(manager: BidiComponentManager) -> ComponentRenderer:
    """Name our folder to Streamlit, which by itself looks only beside a package that has the project's name."""
    parts = ComponentManifest(_OWNER, "1", [ComponentConfig(_CASE_LIST, _FOLDER.name)])
    manager.register_from_manifest(parts, _FOLDER.parent)
    return st.components.v2.component(f"{_OWNER}.{_CASE_LIST}", js="case_list.js", isolate_styles=False)
