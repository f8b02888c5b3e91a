"""`trainer log verify`: whether the logbook and its backups prove themselves, and what helps where they do not."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sessions.errors import DamagedLogbook, LogbookError
from trainer import trouble
from trainer.charts.numbers import many
from trainer.cli import streams
from trainer.cli.lay import wrap
from trainer.cli.make import known_paths, open_existing, stamp
from trainer.cli.trust import TABLES, announce, look
from trainer.text import clean

if TYPE_CHECKING:
    from sessions.facts import Fact
    from sessions.logbook import Logbook
    from sessions.rows import Health
    from trainer.paths import Paths

_SHOWN = 5
"""Conflicts that are shown one by one; `--json` has all."""
_BODY_CHARS = 60


class Line(Struct, frozen=True):
    """What was looked at, what was found, and the command that helps where it is wrong."""

    name: str
    found: str
    good: bool = True
    helps: str = ""


class Report(Struct):
    """What was found in all."""

    lines: list[Line]
    data: dict[str, Any]
    """The same for programs."""

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return all(line.good for line in self.lines)


def run(args: Namespace) -> int:
    """Look through everything; 0 where all is whole, 1 where something is not."""
    paths = known_paths(args)
    report = Report([], {"path": str(paths.logbook)})
    try:
        announce(paths.logbook, "Proving")
        logbook = open_existing(paths)
        if logbook is not None:
            with logbook:
                health = logbook.health()
                if health.integrity != "ok":
                    # Nothing else that was counted says anything then.
                    report.data["integrity"] = health.integrity
                    raise DamagedLogbook(f"The logbook {paths.logbook} is damaged.")
                _inspected(report, paths, health)
                _conflicts(report, logbook, health.conflicts)
    except LogbookError as error:
        _unopened(report, paths, error)
    else:
        if logbook is None:
            report.lines.append(Line("Logbook", "none yet; the first session begins it"))
        _backups(report, paths)
    if args.json:
        wrong = [f"{one.name}: {one.found}" for one in report.lines if not one.good]
        streams.say_json({**report.data, "whole": report.whole, "wrong": wrong})
    else:
        _say(report)
    return 0 if report.whole else 1


def _say(report: Report) -> None:
    for line in report.lines:
        text = f"{line.name}{'' if line.name == '-' else ':'} {line.found}"
        text += f" {line.helps} helps." if line.helps else ""
        for one in wrap(text, streams.width(), "  " if line.good else "! ", "    "):
            streams.say(one, "" if line.good else streams.RED)
    streams.say_lines(["Everything proves itself." if report.whole else "Something is wrong: the lines marked with !"])


# --- the logbook -------------------------------------------------------------------------------------


def _inspected(report: Report, paths: Paths, health: Health) -> None:
    own, others = health.missing.get(health.device, 0), dict(health.missing)
    others.pop(health.device, None)
    report.data |= {
        "device": health.device,
        "form": health.schema,
        "size_bytes": health.size_bytes,
        "sessions": health.sessions,
        "facts": health.facts,
        "integrity": health.integrity,
        "bad_digests": health.bad_digests,
        "wrong_tables": health.wrong_tables,
        "missing_here": own,
        "missing_of_others": others,
    }
    report.lines += _lines(paths, health, own, others)


def _lines(paths: Paths, health: Health, own: int, others: dict[str, int]) -> Iterator[Line]:
    restore = trouble.command(paths, "restore")
    holds = f"{many(health.sessions, 'session')}, {many(health.facts, 'fact')}; form {health.schema}"
    yield Line("Logbook", f"{health.path}, {holds}")
    yield Line("File", "SQLite finds nothing wrong")
    if not health.bad_digests:
        yield Line("Facts", "each one matches its digest")
    else:
        bad = health.bad_digests
        first = clean(bad[0], limit=40)
        yield Line("Facts", f"{len(bad):,} of {health.facts:,} do not match, the first {first}.", False, restore)
    if not health.wrong_tables:
        yield Line("Tables", "what is made from the facts agrees with them")
    else:
        names = ", ".join(TABLES.get(name, name) for name in health.wrong_tables)
        helps = "" if health.bad_digests else trouble.command(paths, "rebuild")
        yield Line("Tables", f"not what the facts amount to: {names}.", False, helps)
    if own:
        yield Line("Numbers", f"{many(own, 'fact')} of this machine's own are missing.", False, restore)
    else:
        yield Line("Numbers", "none of this machine's facts is missing")
    if others:
        number, machines = many(sum(others.values()), "fact"), many(len(others), "other machine")
        yield Line("Other machines", f"{number} of {machines} are not here; they may not have been handed over yet")


def _conflicts(report: Report, logbook: Logbook, ids: list[str]) -> None:
    found: dict[str, list[Fact]] = {}
    if ids:
        from sessions.facts import digest

        wanted = set(ids)
        for fact in logbook.facts():
            if fact.id in wanted and digest(fact) == fact.sha256:
                found.setdefault(fact.id, []).append(fact)
    report.data["conflicts"] = [_conflict(found.get(id_, [])) | {"id": id_} for id_ in ids]
    if not ids:
        return
    kept = "Both are kept, and the one that counts is the same on every machine"
    report.lines.append(Line("Conflicts", f"{many(len(ids), 'id')} with two contents. {kept}"))
    for one in report.data["conflicts"][:_SHOWN]:
        beside = "; ".join(_body(fact) for fact in one["beside"])
        said = f"{_body(one['counts'])} counts; beside it: {beside}"
        report.lines.append(Line(clean(one["id"], limit=40), said))


def _conflict(facts: list[Fact]) -> dict[str, Any]:
    """Which of the facts of an id counts, and the others."""
    from sessions.standing import one_of_each_id

    first = next((fact for fact, _ in one_of_each_id((fact, fact.parsed()) for fact in facts)), None)
    rest = [fact for fact in facts if fact is not first]
    return {"counts": None if first is None else _told(first), "beside": [_told(fact) for fact in rest]}


def _told(fact: Fact) -> dict[str, Any]:
    return {"device": fact.device, "utc_ms": fact.utc_ms, "kind": fact.kind, "body": fact.body, "sha256": fact.sha256}


def _body(told: dict[str, Any] | None) -> str:
    return "none" if told is None else clean(f"{told['kind']} {told['body']}", limit=_BODY_CHARS)


def _unopened(report: Report, paths: Paths, error: LogbookError) -> None:
    """What is wrong with a file that cannot be opened, and what `restore` would do."""
    report.lines.append(Line("Logbook", error.message, False))
    report.data |= {"error": error.message, "restore": []}
    if not trouble.repairable(error, paths):
        return
    try:
        outlook = look(paths)
    except LogbookError as another:
        report.lines.append(Line("Backups", another.message, False))
        return
    said = list(trouble.plan(outlook))
    report.data["restore"] = said
    report.lines[-1] = Line("Logbook", trouble.state(outlook) if outlook.wrong else error.message, False)
    report.lines.append(Line("Way out", f"{trouble.command(paths, 'restore')} does this:"))
    report.lines += [Line("-", line) for line in said]


# --- backups -----------------------------------------------------------------------------------------


def _backups(report: Report, paths: Paths) -> None:
    from sessions.safety.backups import backups, prove

    try:
        found = backups(paths.backups)
    except LogbookError as error:
        report.lines.append(Line("Backups", error.message, False))
        return
    now_ms = stamp().utc_ms
    ordered = sorted(found, key=lambda one: one.at_ms > now_ms)
    if ordered:
        announce(ordered[0].path, "Proving the newest backup of")
    bad = 0
    good = None
    for one in ordered:
        if prove(one.path).holds:
            good = one
            break
        # What was copied although not all of it could be proven was told of then.
        bad += one.proven
    report.data["backups"] = {
        "count": len(found),
        "newest_good": None if good is None else {"path": str(good.path), "at_ms": good.at_ms},
        "newer_that_do_not_prove_themselves": bad,
    }
    report.lines.append(_told_backups(paths, len(found), None if good is None else good.at_ms, bad))


def _told_backups(paths: Paths, number: int, good_ms: int | None, bad: int) -> Line:
    backup = trouble.command(paths, "backup")
    if not number:
        return Line("Backups", f"none yet; {backup} makes one")
    if good_ms is None:
        return Line("Backups", f"{number:,}, of which none proves itself.", False, backup)
    if bad:
        found = f"{number:,}; the newest that proves itself is of {trouble.when(good_ms)}, {bad} newer ones do not."
        return Line("Backups", found, False, backup)
    return Line("Backups", f"{number:,}; the newest, of {trouble.when(good_ms)}, proves itself")
