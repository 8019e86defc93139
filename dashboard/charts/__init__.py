"""Charts as ready Vega-Lite specifications: frozen rows and a palette in, a plain dict out.

Every chart also gives its alt text (`words`) and its data as a table to be read aloud (`reading`).
Show with `st.vega_lite_chart(spec, theme=None, width="stretch", alt=words)`; nothing here imports streamlit.
"""
