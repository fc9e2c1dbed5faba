"""The collector's day: who may be called today, and calls recorded by hand."""
