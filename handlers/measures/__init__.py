"""Measures: their figures as they are asked for, given, put right and shown."""
