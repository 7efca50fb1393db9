"""Measurements of the parts on reference data: see the module of each."""
