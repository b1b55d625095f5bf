"""Files handed in and handed out: answers from CSV, scores to CSV and JSON.

Floor 3: knows the questionnaires and scoring; opens only what it is given; no database, no web.
"""
