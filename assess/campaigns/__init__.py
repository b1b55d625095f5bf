"""Campaigns and their waves: what is planned, who is asked what about whom, what time makes due.

Store only. A wave keeps the questionnaire as it was, by content hash. Letters are put here, sent elsewhere.
"""
