"""Arithmetic over columns: no clock, no database, no file, no chance; one loan is a batch of one."""
