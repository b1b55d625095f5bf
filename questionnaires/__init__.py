"""Questionnaires as files: the frozen types, the reader, the checker, and one folder for each questionnaire.

Floor 1: imports nothing of `assess` or `reports`, reads only its own folders.
"""
