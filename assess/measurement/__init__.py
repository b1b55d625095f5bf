"""NumPy and SciPy, pure: how well a questionnaire measures, from the answers of many people.

Floor 3, right above scoring: no file, clock or framework, no loop over respondents, randomness only from a
seed; what is not known is None and carries a reason. Imports only scoring, disclosure and the definition.
"""
