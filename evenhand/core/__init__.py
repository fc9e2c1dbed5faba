"""Arithmetic over columns: no clock, database, file or chance; one loan is a batch of one."""
