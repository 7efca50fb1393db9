"""Tables from outside, one module a source, each with its problems by row."""
