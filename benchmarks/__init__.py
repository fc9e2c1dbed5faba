"""Figures worth knowing, measured by hand: no test is timed."""
