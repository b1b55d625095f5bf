"""HTTP: turns a request into a use case of `assess/answering/` and its result into a page.

No SQL, no scoring and no decision about rights is made here; every word a visitor reads is in `language/`.
"""
