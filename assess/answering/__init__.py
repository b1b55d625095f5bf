"""Use cases of answering: links, sessions, tasks, sheets, submitting, sharing, results, export.

Speaks in the frozen values of `types.py`; touches the world only through the store, and asks `may()`
for everything that it hands out. Knows neither HTTP nor PDF; time comes in as an argument.
"""
