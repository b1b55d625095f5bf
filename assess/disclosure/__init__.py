"""Which numbers about a group may be shown: a decision on counts and structure, never on answers.

Floor 2, pure: no file, clock, database or framework; imports nothing of the house.
"""
