"""The program: `difftutor`, or `python -m tutor`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program with the arguments of this process.

    A quiz shows its first question before the library that reads command lines is loaded; Ctrl-C ends that too.
    """
    opening = None
    try:
        if "quiz" in sys.argv[1:]:
            from tutor.apps.quiz_opening import early

            opening = early(sys.argv[1:])
        from tutor.cli import difftutor
    except KeyboardInterrupt:
        sys.exit(130)
    difftutor(prog_name="difftutor", obj=opening)


if __name__ == "__main__":
    main()
