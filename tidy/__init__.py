"""The house rules, as tests. Each message says what to do instead."""
