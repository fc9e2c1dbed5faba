"""Redress: complaints, their clock and their answer."""
