"""A leader's team: who needs what, how the leader's style meets it, what has changed, what to do first.

Rules are pure (`three_things.py`); the use case asks the rights for everything that it shows.
Named people stand side by side with technical facets only; group numbers come from releases.
"""
