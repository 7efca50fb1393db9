"""The Earth: incidents as tables, their geometry, and the files they live in."""
