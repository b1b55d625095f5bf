"""What an organisation's own answers tell about a questionnaire: figures, local precision, norms.

Floor 4, above answering. Aggregates only, of waves that have closed, never of few, never a person's answers;
each look and each publication is logged. All through `may()`.
"""
