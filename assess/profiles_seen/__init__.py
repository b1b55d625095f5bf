"""Which profiles somebody may see at this moment, over all waves, and what has changed between waves.

Everything goes through `may()`, and in a number of queries that does not grow with the people.
Sits right above answering; team profiles, talks and the coach's caseload are built upon it.
"""
