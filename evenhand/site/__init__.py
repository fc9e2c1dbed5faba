"""The plug board: settings, urls, commands, jobs, and the only clock."""
