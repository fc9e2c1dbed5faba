"""The law as dated, cited data: a folder per pack in TOML, and what turns it into the gate's rules."""
