"""Many documents at once: ordered by one person, made in the background, handed out as one file, deleted.

What the person may see is asked when a document is made and again when it is handed out.
The rows are the truth: whoever makes them may die at any moment.
"""
