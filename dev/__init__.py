"""Workshop: what a developer's machine needs and production does not."""
