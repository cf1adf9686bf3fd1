"""Run every check: `python3 scripts/test.py`. Sets up `.venv` with the development tools first, as `run.py` does.

All checks run even when one fails; the end sums up, and the exit code is 1 if any failed. With paths or pytest options,
only pytest runs: `python3 scripts/test.py tests/expression -k parser`.
"""

import sys

import environment

if __name__ == "__main__":
    environment.prepare("develop")
    import checks

    sys.exit(checks.main(sys.argv[1:]))
