"""A person's own data as a whole: profiles, shares, looks, export, correction, erasure, retention.

Use cases that ask `may()` about the person's own affairs. No HTTP, no templates, no scoring.
"""
