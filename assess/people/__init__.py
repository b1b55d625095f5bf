"""Who is who: organisations, their tree of units, people, memberships over time, job areas; administrators.

Store only. Knows nothing of answers. Signs people in by links that work once. Import of rosters comes here.
"""
