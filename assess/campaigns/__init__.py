"""Waves: which questionnaires are given to whom, about whom and for which job areas.

Store only. A wave keeps the questionnaire as it was, by content hash. Invitations come here.
"""
