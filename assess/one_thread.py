"""Importing this before NumPy gives its BLAS one thread: our matrix products are small, and threads of one
process only wait for one another on a busy machine. Whoever has set the number keeps it."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
