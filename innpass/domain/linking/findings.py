"""What is said about a finished run: people, reasons for each link, questions and notes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from innpass.domain.linking.clusters import Clusters
from innpass.domain.linking.decisions import Decided
from innpass.domain.linking.evidence import (
    Birth,
    Evidence,
    names_of,
)
from innpass.domain.linking.names import NameLevel, compare_names
from innpass.domain.linking.placing import LISTING_ORDER, Option, Placing
from innpass.domain.linking.rows import (
    NATIONAL_IDS,
    SYSTEM_OWNER,
    Link,
    Linking,
    LinkNote,
    LinkQuestion,
    LinkRow,
    QuestionKind,
    Reason,
)
from innpass.domain.linking.units import Unit
from innpass.domain.sheets.records import Owner


class Findings:
    """Puts a finished run into words and a fixed order."""

    def __init__(self, placing: Placing, decided: Decided) -> None:
        self._placing = placing
        self._clusters: Clusters = placing.clusters
        self._decided = decided
        ordered = sorted(self._clusters.all(), key=lambda person: self._clusters.keys[person])
        self._index = {person: index for index, person in enumerate(ordered)}
        self._ordered = ordered

    def linking(self) -> Linking:
        """Return the whole answer."""
        people = tuple(
            tuple(sorted(row.key for row in self._clusters.rows[person]))
            for person in self._ordered
        )
        links: list[Link] = []
        notes: list[LinkNote] = []
        for person in self._ordered:
            self._explain(person, links, notes)
        notes += [
            LinkNote(row.key, "name", "row_without_person")
            for row in self._placing.without_person
            if row.key not in self._clusters.place
        ]
        notes += [LinkNote(key, name, "number_wrong") for key, name in self._decided.wrong]
        questions: list[LinkQuestion] = []
        for unit in self._placing.waiting.values():
            self._ask_or_note(unit, questions, notes)
        questions += self._disputes()
        return Linking(
            people=people,
            links=tuple(sorted(links, key=lambda link: link.key)),
            questions=tuple(sorted(questions, key=lambda question: (question.key, question.field))),
            notes=tuple(sorted(notes, key=lambda note: (note.key, note.field, note.code))),
        )

    # Links

    def _explain(self, person: int, links: list[Link], notes: list[LinkNote]) -> None:
        rows = self._clusters.rows[person]
        shown = [row for row in rows if not row.is_hidden]
        shared = Counter(item for row in shown for item in row.ids.items())
        births = Counter(row.birth_date for row in shown if row.birth_date)
        named = sorted((row for row in shown if names_of(row)), key=_officialness)
        for row in rows:
            itself = 0 if row.is_hidden else 1
            reasons = [
                Reason(f"same_{name.partition('.')[2]}")
                for name in (*NATIONAL_IDS, *SYSTEM_OWNER)
                if name in row.ids and shared[(name, row.ids[name])] > itself
            ]
            if row.birth_date and births[row.birth_date] > itself:
                reasons.append(Reason("same_birth_date"))
            reference = next((other for other in named if other is not row), None)
            name_reason = _name_reason(row, reference) if reference else None
            if name_reason:
                reasons.append(name_reason)
            if set(self._decided.same(row.key)) & {other.key for other in rows if other is not row}:
                reasons.append(Reason("decided_same"))
            elif row.key in self._decided.new:
                reasons.append(Reason("decided_new"))
            links.append(Link(row.key, self._index[person], tuple(reasons or [Reason("only_row")])))
            if not row.is_detail and not row.is_hidden:
                notes += self._notes(row, person, named)

    def _notes(self, row: LinkRow, person: int, named: Sequence[LinkRow]) -> Iterable[LinkNote]:
        facts = self._clusters.facts[person]
        for name, owner in SYSTEM_OWNER.items():
            value = row.ids.get(name)
            if value is None or row.owner is owner or owner not in self._clusters.listings:
                continue
            if self._clusters.owners(name, value):
                continue
            known = sorted(v for v in facts.ids.get(name, ()) if self._clusters.owners(name, v))
            if known:
                yield LinkNote(row.key, name, "number_mistyped", {"known": known[0]})
            else:
                yield LinkNote(row.key, name, "number_missing_elsewhere")
        official = named[0] if named else None
        if official is None or official is row:
            return
        reason = _name_reason(row, official)
        if reason and reason.code != "same_name":
            yield LinkNote(row.key, "name", "name_spelled_otherwise", reason.values)
        if row.birth_date and official.birth_date and row.birth_date != official.birth_date:
            yield LinkNote(
                row.key,
                "birth_date",
                "birth_date_differs",
                {"known": official.birth_date.isoformat(), "source": official.source},
            )

    # Questions

    def _ask_or_note(
        self, unit: Unit, questions: list[LinkQuestion], notes: list[LinkNote]
    ) -> None:
        if self._placing.follows(unit):
            notes += [LinkNote(row.key, "name", "row_follows") for row in unit.rows]
            return
        options = self._placing.possible(unit)
        if not options and unit.rows[0].is_detail:
            notes += [LinkNote(row.key, "name", "row_without_person") for row in unit.rows]
            return
        kind, name = _what_to_ask(unit, options)
        for row in unit.rows:
            if row.key != self._decided.same(row.key)[0]:
                continue  # a human has joined it to another, which is asked about
            if name not in ("name", *row.ids):
                continue  # the number that is asked about stands at another row of the unit
            questions.append(
                LinkQuestion(
                    key=row.key,
                    field=name,
                    kind=kind,
                    candidates=tuple(self._index[option.person] for option in options[:5]),
                    holders=self._holders(row, name, [option.person for option in options[:5]]),
                    reasons=self._possible_reasons(row, options[:1]),
                    asks=self._asks(
                        {row.owner}.union(*(self._clusters.listed[o.person] for o in options[:5]))
                    ),
                )
            )

    def _possible_reasons(self, row: LinkRow, options: Sequence[Option]) -> tuple[Reason, ...]:
        reasons: list[Reason] = []
        for option in options:
            evidence = option.evidence
            reasons += [
                Reason(f"same_{name.partition('.')[2]}")
                for name in (*NATIONAL_IDS, *SYSTEM_OWNER)
                if name in evidence.national | evidence.system
            ]
            reasons += _birth_reasons(evidence)
            named = [other for other in self._clusters.rows[option.person] if names_of(other)]
            if named and names_of(row):
                reason = _name_reason(row, min(named, key=_officialness))
                reasons.append(reason) if reason else None
            reasons += [
                Reason(f"other_{name.partition('.')[2]}")
                for name in (*NATIONAL_IDS, *SYSTEM_OWNER)
                if name in evidence.national_against | evidence.system_against
            ]
        return tuple(reasons)

    def _asks(self, owners: Iterable[Owner]) -> tuple[Owner, ...]:
        wanted = set(owners) - {Owner.OVERVIEW, Owner.HAND}
        return tuple(o for o in LISTING_ORDER if o in wanted) or (Owner.REFUGEE,)

    def _disputes(self) -> Iterable[LinkQuestion]:
        """Yield a question for each number that stands at more than one person."""
        standing: dict[tuple[str, str], list[LinkRow]] = defaultdict(list)
        for person in self._ordered:
            for row in self._clusters.rows[person]:
                if not row.is_hidden:
                    for item in row.ids.items():
                        standing[item].append(row)
        for (name, value), rows in sorted(standing.items()):
            people = {self._person(row) for row in rows}
            if len(people) < 2:
                continue
            owners = self._clusters.owners(name, value)
            if len(owners) == 1:
                yield from self._numbers_of_another(name, rows, next(iter(owners)))
            else:
                yield self._one_number_two_persons(name, rows)

    def _holders(
        self, asked: LinkRow, name: str, people: Iterable[int]
    ) -> tuple[tuple[str, ...], ...]:
        """Return, for each person, the rows that state the number which is asked about."""
        if name not in asked.ids:
            return ()
        number = asked.ids[name]
        rows = self._clusters.rows
        return tuple(
            tuple(sorted(r.key for r in rows[person] if r.ids.get(name) == number))
            for person in people
        )

    def _person(self, row: LinkRow) -> int:
        return self._clusters.find(self._clusters.place[row.key])

    def _numbers_of_another(
        self, name: str, rows: Sequence[LinkRow], owner: int
    ) -> Iterable[LinkQuestion]:
        for row in rows:
            person = self._person(row)
            if person == owner:
                continue
            bodies = {SYSTEM_OWNER[name]} if name in SYSTEM_OWNER else {Owner.REFUGEE, row.owner}
            yield LinkQuestion(
                key=row.key,
                field=name,
                kind=QuestionKind.NUMBER_OF_ANOTHER_PERSON,
                candidates=(self._index[person], self._index[owner]),
                holders=self._holders(row, name, (person, owner)),
                reasons=(Reason(f"same_{name.partition('.')[2]}"),),
                asks=self._asks(bodies),
            )

    def _one_number_two_persons(self, name: str, rows: Sequence[LinkRow]) -> LinkQuestion:
        counts = Counter(self._person(row) for row in rows)
        # Ask at the row that stands alone with the number, which is the likelier mistake.
        odd = min(rows, key=lambda row: (counts[self._person(row)], row.is_listing, row.key))
        people = sorted(counts, key=lambda p: (p != self._person(odd), -counts[p], self._index[p]))
        owner = {SYSTEM_OWNER[name]} if name in SYSTEM_OWNER else set()
        return LinkQuestion(
            key=odd.key,
            field=name,
            kind=QuestionKind.ONE_NUMBER_TWO_PERSONS,
            candidates=tuple(self._index[person] for person in people),
            holders=self._holders(odd, name, people),
            reasons=(Reason(f"same_{name.partition('.')[2]}"),),
            asks=self._asks(owner | {row.owner for row in rows}),
        )


def _what_to_ask(unit: Unit, options: Sequence[Option]) -> tuple[QuestionKind, str]:
    """Say what a waiting row's question is about: the row as a whole, or one of its numbers."""
    if not options:
        return QuestionKind.ROW_WITHOUT_PERSON, "name"
    for option in options:
        evidence = option.evidence
        if not evidence.is_named_otherwise:
            continue
        for name in (*NATIONAL_IDS, *SYSTEM_OWNER):
            if name in evidence.national:
                return QuestionKind.ONE_NUMBER_TWO_PERSONS, name
            if name in evidence.system:
                return QuestionKind.NUMBER_OF_ANOTHER_PERSON, name
    return QuestionKind.MAYBE_SAME_PERSON, "name"


def _birth_reasons(evidence: Evidence) -> list[Reason]:
    codes: Mapping[Birth, str] = {
        Birth.SAME: "same_birth_date",
        Birth.NEAR: "similar_birth_date",
        Birth.DIFFERENT: "other_birth_date",
    }
    return [Reason(codes[evidence.birth])] if evidence.birth in codes else []


def _officialness(row: LinkRow) -> tuple[bool, int, str]:
    """Order rows by whose spelling is the official one: the refugee department's first."""
    order = (*LISTING_ORDER, Owner.OVERVIEW)
    return not row.is_listing, order.index(row.owner), row.key


def _name_reason(row: LinkRow, other: LinkRow) -> Reason | None:
    best, spelled = NameLevel.DIFFERENT, ("", "")
    for a in names_of(row):
        for b in names_of(other):
            level = compare_names(a, b).level
            if level > best or not spelled[0]:
                best, spelled = level, (a.text, b.text)
    if not spelled[0]:
        return None
    values = {"written": spelled[0], "known": spelled[1], "source": other.source}
    if best >= NameLevel.SAME_FOLDED:
        return Reason("same_name")
    return Reason("similar_name" if best else "other_name", values)
