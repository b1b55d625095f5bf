"""Who saw, shared, exported and changed what: append-only and chained, by opaque ids, never with an answer.

Store only. Whoever hands out something about a person, or changes what others may do, records it here.
"""
