"""oO as people meet it: channels joined to the core, commands, screens, the command line."""

import os

__version__ = "0.1.0"

# Matrices here are 32 by 32: more threads of BLAS than one only stand in the way of everything else. numpy
# reads this when it is first imported, which comes after this package.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
