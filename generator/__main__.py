"""Let ``python -m generator`` stand for ``plansite``, and be the door to both.

Nothing is imported here before it can be interrupted without a traceback.
"""

from __future__ import annotations

INTERRUPTED = 130
"""What a shell calls a command that was ended by Ctrl-C."""


def main() -> int:
    """Run one command and return its exit status."""
    try:
        from . import cli  # noqa: PLC0415 - loading takes its time

        return cli.main()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main())
