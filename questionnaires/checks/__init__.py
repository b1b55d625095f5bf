"""What must be true of a questionnaire beyond its shape; one module for each subject.

A check is a function from a `Draft` to problems. All are listed in
`questionnaires/checker.py`. Nothing is read or written here.
"""
