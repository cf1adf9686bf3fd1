"""Run difftutor from a checkout: `python3 scripts/run.py quiz`, with nothing installed but Python.

The first time, this makes `.venv` beside this folder and installs what is needed there, exactly as pinned in
`requirements.lock`. Everything after the script's name goes to difftutor.
"""

import sys

import environment

if __name__ == "__main__":
    environment.prepare("run")
    # -P: a file `random.py` in the folder where the learner stands must not be imported instead of Python's own.
    sys.exit(environment.become(["-P", "-m", "tutor"] + sys.argv[1:]))  # noqa: RUF005 - Python 3.6 reads this too
