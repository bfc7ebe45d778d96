"""python -m tests.bench.start SHAPE EVENTS: Django first, then what needs its models."""

import django


def main() -> None:
    django.setup()
    from tests.bench import run

    run.main()


if __name__ == "__main__":
    main()
