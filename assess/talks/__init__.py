"""Development talks: planning, preparing alone, the brief of both views, agreements that go on living.

What is in a talk is seen by its two, and by whom the person shows it to. Working notes are their writer's.
Rules that choose questions are pure (`questions.py`).
"""
