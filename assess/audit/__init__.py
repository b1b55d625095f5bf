"""Who saw, shared and exported what: append-only, by opaque ids, never with an answer.

Store only. Whoever hands out something about a person records it here.
"""
