"""Migrations of the private file."""
