"""Reports: what happened, when, to whom, who says so, and the words that say where."""
