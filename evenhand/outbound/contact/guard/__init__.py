"""The guard for words: what no word to a person may do, found before it leaves."""
