"""The program's entry. `--version` and `due` are answered before anything else is loaded."""

import sys


def main(argv: list[str] | None = None) -> int:
    """Run the program with `argv` (without the program's name) and return its exit status."""
    try:
        arguments = sys.argv[1:] if argv is None else argv
        if arguments == ["--version"]:
            return _tell_version()
        if arguments[:1] == ["due"] and (status := _answer_due(arguments)) is not None:
            return status
        from trainer.cli.main import main as run

        return run(arguments)
    except KeyboardInterrupt:
        return 130


def _tell_version() -> int:
    from trainer import __version__

    try:
        print(f"trainer {__version__}", flush=True)  # noqa: T201  # the entry belongs to the command line
    except OSError as error:
        from trainer.cli.main import output_failed

        return output_failed(error)
    return 0


def _answer_due(arguments: list[str]) -> int | None:
    import os

    from trainer.cli.promptly import quickly

    try:
        return quickly(arguments, os.environ)
    except OSError as error:
        from trainer.cli.main import output_failed

        return output_failed(error)


if __name__ == "__main__":
    sys.exit(main())
