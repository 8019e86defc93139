"""An export against what is here already: read for the preview and for the load alike, so that both say the same."""
