"""``python -m redan``: the program ``redan`` itself."""

import signal
import sys

from redan import _redan


def main() -> int:
    """Carries out the command line of this process; gives the exit code."""
    # Ctrl-C ends the program at once, as it does without Python: a study goes on from what is on the disk.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _redan.main(["redan", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
