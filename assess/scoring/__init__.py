"""NumPy: answers in; scores, levels, uncertainty, comparison and trace out.

Floor 2, pure: no file, clock, randomness or framework; imports only `questionnaires.definition`, and
`assess.disclosure` where a group is scored.
"""
