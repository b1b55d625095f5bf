"""A person's own data as a whole: profiles and shares, who has looked, export, correction, erasure, retention."""
