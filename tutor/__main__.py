"""The program: `difftutor`, or `python -m tutor`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program with the arguments of this process.

    A quiz shows its first question before the library that reads command lines is loaded.
    """
    opening = None
    if "quiz" in sys.argv[1:]:
        from tutor.apps.quiz_opening import early

        try:
            opening = early(sys.argv[1:])
        except KeyboardInterrupt:
            sys.exit(130)
    from tutor.cli import difftutor

    difftutor(prog_name="difftutor", obj=opening)


if __name__ == "__main__":
    main()
