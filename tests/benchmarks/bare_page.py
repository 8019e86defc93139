"""The widgets of the bench for a session of 200, with words that are there already: what the page costs without a court.

Run by Streamlit's AppTest, with the number of cases in the query; it reads nothing.
"""

from typing import Any

import streamlit as st

_BLOCK = (
    "<div>" + "<p>What a card of the bench says in a line or two of text, about as long as this one.</p>" * 4 + "</div>"
)
_LINES = [f"{n} **Somebody {n}** :green[● on track, report received]" for n in range(1, 201)]
_SESSIONS = [f"Fri 4 December · Part {n} · 40 cases" for n in range(28)]
_DATES = [f"Fri 18 December, Part {n}: the next session of the part with room" for n in range(8)]
_SPEC: dict[str, Any] = {
    "data": {"values": [{"day": n, "y": n % 4, "mark": "As expected", "words": "attended"} for n in range(55)]},
    "mark": "point",
    "encoding": {"x": {"field": "day", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}},
}


def render() -> None:
    """Draw as many elements of each kind as the bench draws."""
    left, middle, right = st.columns([0.5, 0.28, 0.22])
    with left:
        st.html(_BLOCK)
    with middle:
        st.selectbox("Session", _SESSIONS, key="session")
    with right:
        st.toggle("Screen faces the room", key="room")
    left, right = st.columns([0.235, 0.765])
    with left, st.container(key="list"):
        st.radio("Docket", _LINES[: int(st.query_params["cases"])], key="docket")
        st.html(_BLOCK)
    with right, st.container(key="case"):
        _case()


def _case() -> None:
    for width in (0.56, 0.44):
        with st.columns([width, 1 - width])[0]:
            st.html(_BLOCK)
            st.html(_BLOCK)
    left, right = st.columns(2)
    with left:
        for name in ("compliance", "services", "history"):
            with st.container(border=True, key=name):
                st.html(_BLOCK)
                st.html(_BLOCK)
        st.vega_lite_chart(_SPEC, theme=None, width="stretch", key="timeline")
        with st.popover("Why"):
            st.html(_BLOCK)
            st.html(_BLOCK)
    with right, st.container(border=True, key="decide"):
        st.html(_BLOCK)
        st.segmented_control("Today", ["Appeared", "Excused", "Did not appear", "Adjourned"], key="outcome")
        st.pills("Response", [f"response {n}" for n in range(8)], selection_mode="multi", key="responses")
        st.selectbox("Next appearance", _DATES, key="next")
        st.html(_BLOCK)
        st.text_input("Promise", key="promise")
        st.button("Record and call next", key="record", type="primary", width="stretch")


if __name__ == "__main__":
    render()
