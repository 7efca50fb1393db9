"""Places from outside: one module a source, each an iterator of places and of problems."""
