"""The demo organisation: a fictional bakery chain and its simulated answers, made by the same code as real ones.

Floor 6. `simulation.py` is pure: answers from a seeded generator that is passed in.
"""
