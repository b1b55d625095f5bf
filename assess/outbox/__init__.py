"""Letters that wait to be sent: written in the transaction of what they tell, taken under a lease.

Store only, ids only. What a letter says is made when it is sent, in `assess/mail/`.
"""
