"""Outside parties: one folder each, a real adapter and a simulator."""
