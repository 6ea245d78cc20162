"""What a table is about, and whose file it stands in: told by the columns that stand together."""

import re
from collections import Counter
from collections.abc import Sequence

from innpass.domain.sheets.codes import known_code
from innpass.domain.sheets.evidence import share_of_codes, weigh
from innpass.domain.sheets.headings import ideas_of
from innpass.domain.sheets.records import Owner, TableKind
from innpass.domain.sheets.tables import IDENTITY_MEANINGS, PLACEMENT_IDEAS, Table
from innpass.domain.sheets.words import fold

_OF_PERSONS = frozenset({
    "planned_end", "actual_end", "end_goal", "extent", "protection", "upper_secondary", "class",
    "track", "info_meeting", "handover", "native_name", "country", "start_programme", "end_reason",
    "next_step", "last_contact",
})  # fmt: skip
_SKILLS = frozenset({"listening", "reading", "writing", "speaking"})
_ABSENCE = re.compile(r"fraver|absence")  # as ``words.fold`` writes fravær
_ENDS = frozenset({"end", "planned_end", "actual_end", "period"})
_STARTS = frozenset({"start", "start_programme", "period"})
_OF_THE_DEPARTMENT = frozenset({TableKind.LEAVE, TableKind.PLACEMENT, TableKind.DECISION})
_REFUGEE_SIGNS = frozenset({
    "protection", "upper_secondary", "end_goal", "extent", "actual_end", "planned_end", "country",
    "native_name", "start_programme", "end_reason",
})  # fmt: skip


def has_identity(table: Table) -> bool:
    """Say whether the rows of a table can be told to be about persons."""
    if table.meanings & IDENTITY_MEANINGS - {"own_number"}:
        return True
    if "own_number" in table.meanings:
        numbered = [column for column in table.columns if column.meaning == "own_number"]
        return any(not weigh(table.contents(column.index)).is_running for column in numbered)
    return False


def kind_of_table(table: Table) -> TableKind:
    """Tell what one row of a table is about."""
    meanings = table.meanings
    counts = Counter(column.meaning for column in table.columns)
    hints = ideas_of(table.sheet.name) | ideas_of(table.title)
    of_persons = len(meanings & _OF_PERSONS)
    has_days = bool(meanings & _STARTS) or bool(meanings & _ENDS)
    is_grouped = counts["unit"] > 1 or any(
        column.groups and column.ideas & PLACEMENT_IDEAS for column in table.columns
    )
    if is_grouped and (of_persons or counts["start"] > 1):
        return TableKind.PERSON
    if _is_test(table, meanings, hints):
        return TableKind.TEST
    if of_persons >= 3:
        return TableKind.PERSON
    if found := _by_reason(table, hints, of_persons, has_days=has_days):
        return found
    if "activity" in meanings and (has_days or "hours" in meanings):
        return TableKind.ACTIVITY
    if meanings & {"unit", "area"} and has_days:
        return TableKind.PLACEMENT
    if "type" in meanings and has_days:
        return _kind_by_type(table)
    if has_days and (not of_persons or ("hours" in meanings and of_persons < 2)):
        if "leave" in hints:
            return TableKind.LEAVE
        if hints & PLACEMENT_IDEAS and meanings & {"extended", "hours", "contract"}:
            return TableKind.PLACEMENT
        if "hours" in meanings or hints & {"activity", "timetable"}:
            return TableKind.ACTIVITY
    return TableKind.PERSON


def tell_owner(tables: Sequence[tuple[Table, TableKind]], *, file: str) -> Owner | None:
    """Tell whose file the tables stand in; ``None`` where the signs are too few or disagree."""
    scores: Counter[Owner] = Counter()
    for table, kind in tables:
        if not table.sheet.is_hidden:
            for owner, score in _signs(table, kind).items():
                scores[owner] = max(scores[owner], score)
    for owner, score in _signs_of_name(file).items():
        scores[owner] += score
    if scores[Owner.OVERVIEW] >= 4:
        return Owner.OVERVIEW
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < 2:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 1:
        return None
    return ranked[0][0]


def _is_test(table: Table, meanings: frozenset[str], hints: frozenset[str]) -> bool:
    has_skills = len(meanings & _SKILLS) >= 2
    if {"class", "track"} & meanings:
        return False
    if "reached" in meanings and (has_skills or meanings & {"test_date", "test_goal", "date"}):
        return True
    if "test_date" in meanings and (has_skills or meanings & {"test_goal", "goal", "level"}):
        return True
    return "test" in hints and bool(meanings & {"date", "test_date", "goal", "test_goal"})


def _by_reason(
    table: Table, hints: frozenset[str], of_persons: int, *, has_days: bool
) -> TableKind | None:
    """Tell decisions, absence and leave, which all have days and a reason; else ``None``."""
    meanings = table.meanings
    if _is_decision(table, meanings, hints, has_days=has_days):
        return TableKind.DECISION
    if has_days and of_persons < 2 and _is_absence(table, meanings):
        return TableKind.ABSENCE
    has_reason = "reason" in meanings and has_days and of_persons < 2
    if "leave_reason" in meanings or (has_reason and not meanings & {"unit", "activity", "hours"}):
        return TableKind.LEAVE
    return None


def _is_decision(
    table: Table, meanings: frozenset[str], hints: frozenset[str], *, has_days: bool
) -> bool:
    """Say whether each row is a decision: what was decided, or a day in a sheet of decisions."""
    if "decision" in meanings and _codes(table, "decision", "decision.kind") >= 0.5:
        return True
    if "decision" not in hints | meanings and "decision_day" not in meanings:
        return False
    if "type" in meanings and _codes(table, "type", "decision.kind") >= 0.6:
        return True
    return "decision" in hints and (has_days or bool(meanings & {"decision_day", "date"}))


def _is_absence(table: Table, meanings: frozenset[str]) -> bool:
    """Say whether each row is days away without leave, which sheets of leave look much like."""
    if meanings & {"unit", "activity", "hours"}:
        return False
    whys = [one for one in ("leave_reason", "reason", "type") if one in meanings]
    for why in whys:
        absent = _codes(table, why, "absence.kind")
        if absent >= 0.6 and absent > _codes(table, why, "leave.kind"):
            return True
    texts = (table.sheet.name, table.title, *(column.heading.text for column in table.columns))
    words = fold(" ".join(texts))
    return not whys and bool(_ABSENCE.search(words)) and "perm" not in words


def _codes(table: Table, meaning: str, field: str) -> float:
    """Return the share of code words of a field in the first column with a meaning."""
    column = next(column for column in table.columns if column.meaning == meaning)
    return share_of_codes(table.contents(column.index), field)


def _kind_by_type(table: Table) -> TableKind:
    column = next(column for column in table.columns if column.meaning == "type")
    contents = list(table.contents(column.index))
    if share_of_codes(contents, "placement.kind") >= 0.6:
        return TableKind.PLACEMENT
    if share_of_codes(contents, "activity.kind") >= 0.6 or "hours" in table.meanings:
        return TableKind.ACTIVITY
    return TableKind.LEAVE


def _signs(table: Table, kind: TableKind) -> Counter[Owner]:
    meanings, scores = table.meanings, Counter[Owner]()
    systems = _systems(table)
    hints = ideas_of(table.sheet.name)
    if kind is TableKind.PERSON:
        if len(systems) >= 2 or sum(column.meaning == "visma" for column in table.columns) >= 2:
            scores[Owner.OVERVIEW] += 4
        if any(
            column.ideas & PLACEMENT_IDEAS and column.meaning == "unit" for column in table.columns
        ):
            scores[Owner.OVERVIEW] += 4
        scores[Owner.OVERVIEW] += 2 * len(
            meanings & {"info_meeting", "handover", "evaluation_visit"}
        )
        scores[Owner.REFUGEE] += len(meanings & _REFUGEE_SIGNS)
        if len(meanings & {"adviser", "supervisor"}) == 2:
            scores[Owner.REFUGEE] += 1
    scores[Owner.REFUGEE] += 2 * (kind in _OF_THE_DEPARTMENT)
    scores[Owner.LEARNING] += 2 * (kind is TableKind.TEST)
    scores[Owner.LEARNING] += len(meanings & {"class", "track"}) + 2 * bool(meanings & _SKILLS)
    scores[Owner.LEARNING] += 2 * ("student_number" in meanings or "teacher" in meanings)
    if kind is TableKind.ACTIVITY:
        scores.update(_signs_of_activities(table))
    if systems == {"socio"}:
        scores[Owner.NAV] += 3
    if systems == {"refugee"}:
        scores[Owner.REFUGEE] += 3
    if systems == {"learning"}:
        scores[Owner.LEARNING] += 3
    scores[Owner.NAV] += 2 * ("nav" in hints) + ("user" in hints)
    scores[Owner.LEARNING] += 2 * bool(hints & {"student", "learning"}) + ("class" in hints)
    scores[Owner.REFUGEE] += "participant" in hints or "refugee" in hints
    return scores


def _signs_of_activities(table: Table) -> Counter[Owner]:
    scores = Counter[Owner]()
    column = next((one for one in table.columns if one.meaning in {"activity", "type"}), None)
    if column is None:
        return scores
    shares: Counter[str] = Counter()
    texts = [one for one in table.contents(column.index) if isinstance(one, str)][:200]
    for text in texts:
        shares[known_code(text, "activity.kind") or ""] += 1
    count = max(1, sum(shares.values()))
    if (shares["norwegian"] + shares["vocational_norwegian"]) / count >= 0.7:
        scores[Owner.LEARNING] += 2
    if (shares["nav_measure"] + shares["part_time_work"]) / count >= 0.7:
        scores[Owner.NAV] += 2
    if (shares["practice"] + shares["work_life_course"] + shares["trade_course"]) / count >= 0.6:
        scores[Owner.REFUGEE] += 2
    return scores


def _systems(table: Table) -> set[str]:
    """Name the systems whose numbers the table surely carries."""
    systems = set()
    for column in table.columns:
        if column.meaning == "socio":
            systems.add("socio")
        elif column.meaning in {"visma", "student_number", "refugee_number"}:
            if "learning" in column.ideas or column.meaning == "student_number":
                systems.add("learning")
            elif "refugee" in column.ideas or column.meaning == "refugee_number":
                systems.add("refugee")
    return systems


def _signs_of_name(file: str) -> Counter[Owner]:
    ideas = ideas_of(file.rpartition(".")[0].replace("_", " ").replace("-", " ") or file)
    scores = Counter[Owner]()
    plain = file.casefold()
    scores[Owner.NAV] += 2 * ("nav" in ideas or plain.startswith("nav"))
    scores[Owner.LEARNING] += 2 * bool(ideas & {"learning", "student"})
    scores[Owner.REFUGEE] += 2 * bool(ideas & {"refugee", "programme"})
    scores[Owner.OVERVIEW] += 3 * any(
        word in plain for word in ("oversikt", "felles", "overview", "samle")
    )
    return scores
