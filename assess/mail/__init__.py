"""Writing letters (text and HTML, in the reader's language) and sending them over SMTP.

Links are minted when a letter is written; of a token only the hash is stored.
"""
