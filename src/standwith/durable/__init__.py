"""Durable: files that are either the old ones or the new ones, whatever happens to the machine in between."""
