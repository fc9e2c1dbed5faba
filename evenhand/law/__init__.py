"""The law as dated, cited data: a folder per pack in TOML, made into what the gate reads."""
