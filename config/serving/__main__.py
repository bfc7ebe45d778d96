"""The command line of the web server."""

import argparse
import sys

from config.serving.supervisor import Plan, supervise


def _from(low: int, high: int, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7 and low <= int(text) <= high):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {low} to {high}")
    return int(text)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m config.serving", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--port", default=8000, type=lambda text: _from(1, 65535, text))
    parser.add_argument("--workers", default=2, type=lambda text: _from(1, 64, text))
    parser.add_argument(
        "--threads",
        default=4,
        type=lambda text: _from(1, 64, text),
        help="answers that each worker makes at a time",
    )
    given = parser.parse_args()
    return supervise(Plan(given.host, given.port, given.workers, given.threads))


if __name__ == "__main__":
    sys.exit(main())
