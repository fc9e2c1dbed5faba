"""Replay: real people's paying behaviour through the whole machine."""
