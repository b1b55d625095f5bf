"""Writing letters (text and HTML, in the reader's language) and sending them over SMTP.

`kinds.py` is the visible table of letters. Links are minted when a letter is written; of a token only the
hash is stored, and nothing of a letter is logged but its id, its kind and what became of it.
"""
