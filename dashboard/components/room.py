"""The switch "Screen faces the room": while it is on, a screen calls everybody by initials.

Draw it outside fragments, so that the whole screen follows at once. The answer is the tab's own; it stands in the
address as well, so that a link within the site or a reload does not bring the names back.
"""

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

KEY = "faces_room"
HIDDEN = "Hidden while the screen faces the room."
_SWITCH = "room-switch"
_IN_ADDRESS = "room"


def faces_room() -> bool:
    """Tell whether this tab may be seen by the room, so that names are hidden."""
    known = st.session_state.get(KEY)
    if known is None:
        known = st.session_state[KEY] = st.query_params.get(_IN_ADDRESS) == "1"
    return bool(known)


def show_room_switch() -> bool:
    """Draw the switch and return what it says; the screen is drawn anew as soon as it is turned."""
    on = faces_room()
    st.session_state[_SWITCH] = on  # a switch drawn on another screen first starts where this one stood
    st.toggle(
        "Screen faces the room",
        key=_SWITCH,
        on_change=_turn,
        help="Everybody is shown by initials while the room can see this screen.",
    )
    _keep_in_address(on)
    return on


def carried() -> dict[str, str]:
    """Return what a link must carry so that the next page hides names too; nothing while it is off, or off the screen."""
    on_screen = get_script_run_ctx(suppress_warning=True) is not None
    return {_IN_ADDRESS: "1"} if on_screen and faces_room() else {}


def _turn() -> None:
    st.session_state[KEY] = bool(st.session_state[_SWITCH])


def _keep_in_address(on: bool) -> None:
    if on and st.query_params.get(_IN_ADDRESS) != "1":
        st.query_params[_IN_ADDRESS] = "1"
    elif not on and _IN_ADDRESS in st.query_params:
        del st.query_params[_IN_ADDRESS]
