"""Who is who: organisations, their tree of units, people, memberships over time, job areas.

Store only. Knows nothing of answers. Import of rosters and signing in come here.
"""
