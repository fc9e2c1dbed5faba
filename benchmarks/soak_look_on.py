"""`make soak-look_on`: closing by look_on equals closing everybody, over a hundred histories.

The property of `dayclose/look_on_test.py` in runs of 25 random histories, each run with a seed of
its own; ARGS="8" for eight runs instead of four.
"""

import os
import subprocess
import sys
from time import monotonic

from benchmarks.ground import said

RUNS = 4
EXAMPLES = 25
TEST = "evenhand/dayclose/look_on_test.py"


def main(runs: int = RUNS) -> int:
    """0 where every history agrees; else the counterexample is printed, and pytest's status."""
    seconds = []
    environment = {**os.environ, "EVENHAND_EXAMPLES": str(EXAMPLES)}
    for run in range(runs):
        began = monotonic()
        seed = f"--hypothesis-seed={run}"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", seed, TEST],
            env=environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            print(done.stdout, done.stderr, sep="\n")
            return done.returncode
        seconds.append((monotonic() - began) / EXAMPLES)
    print(said(f"{runs * EXAMPLES} histories agree; seconds a history", seconds))
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
