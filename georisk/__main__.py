"""``georisk``: run the command line and turn errors into one clear message each."""

from __future__ import annotations

import os
import sys

from georisk.errors import FaultGroup, GeoriskError


def main() -> None:
    """Run the command line.

    Exit codes: 0 done, 1 findings, 2 bad input or usage, 130 interrupted.
    """
    from georisk.cli.app import app

    try:
        app(prog_name="georisk")
    except FaultGroup as group:
        _say(f"{group.message}; nothing was written")
        for fault in group.exceptions:
            _say(f"  {fault}")
        sys.exit(2)
    except GeoriskError as error:
        _say(str(error))
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        _say("interrupted; what was there before is whole")
        sys.exit(130)
    except OSError as error:
        _say(f"{error.filename or 'file system'}: {error.strerror or error}")
        sys.exit(2)


def _say(text: str) -> None:
    from georisk.outputs.plain import visible

    print(visible(f"georisk: {text}") if not text.startswith("  ") else f"  {visible(text)}", file=sys.stderr)  # noqa: T201  the command line's own words


if __name__ == "__main__":
    main()
