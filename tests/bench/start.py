"""python -m tests.bench.start COPIES: Django first, then what needs its models."""

import django


def main() -> None:
    django.setup()
    from tests.bench import size

    size.main()


if __name__ == "__main__":
    main()
