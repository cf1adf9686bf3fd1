"""Checks certificates again, as `difftutor verify` does; a program of the benchmark of verdicts.

It reads lines `{"certificate": {...}, "is_right": true}` and writes for each the codes of what does not hold.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tutor.checking.certificate_reading import BadCertificate, certificate_from
from tutor.checking.certificate_recheck import objections


def codes(row: dict[str, Any]) -> list[str]:
    """What does not hold of a certificate, by its codes; nothing where all holds."""
    try:
        certificate = certificate_from(row["certificate"])
    except BadCertificate as error:
        return [f"bad {error.field}"]
    return [objection.code for objection in objections(certificate, is_right=row["is_right"])]


def main() -> None:
    """Answers each line of the input."""
    for line in sys.stdin:
        try:
            found = codes(json.loads(line))
        except Exception as error:  # whatever it raises, the certificate is not confirmed
            found = [type(error).__name__]
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
