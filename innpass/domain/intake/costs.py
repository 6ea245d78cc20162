"""What a split costs, counted from the split alone."""

from collections import Counter

from innpass.domain.intake.problem import Grouping, Person, Problem, interpreted, languages_of


def grouping_cost(problem: Problem, grouping: Grouping) -> int:
    """Add up what is not as wished, by ``problem.weights``."""
    weights, members = problem.weights, problem.members(grouping)
    groups = list(members.values())
    placed = sum(len(people) for people in groups)
    lone = sum(_lone(problem, people) for people in groups)
    missing = sum(max(0, problem.limits.smallest - len(people)) for people in groups)
    lost = sum(1 for p in problem.people if p.is_kept and grouping.get(p.key) is None)
    levels = sorted({person.level for person in problem.people if person.level})
    return (
        weights.kept_left_out * lost
        + weights.without_group * (len(problem.people) - placed)
        + weights.missing_person * missing
        + weights.interpreter * sum(len(interpreted(people)) for people in groups)
        + weights.group * len(groups)
        + weights.lone_speaker * lone
        + weights.uneven_size * _spread([len(people) for people in groups])
        + weights.uneven_level
        * sum(
            _spread([sum(1 for p in people if p.level == level) for people in groups])
            for level in levels
        )
    )


def _lone(problem: Problem, people: list[Person]) -> int:
    spoken = Counter(languages_of(people))
    return sum(1 for language in problem.shared_languages if spoken[language] == 1)


def _spread(counts: list[int]) -> int:
    return max(counts) - min(counts) if counts else 0


def least_cost(problem: Problem) -> int:
    """Count what any split costs at least: its groups, and interpreters for each language.

    To leave somebody out saves less than it costs, as ``Weights`` are by default; where they are
    not so, nothing is said.
    """
    weights, largest = problem.weights, max(1, problem.limits.largest)
    if weights.without_group < weights.group + weights.interpreter:
        return 0
    needing = Counter(p.language for p in problem.people if p.needs_interpreter and p.language)
    interpreters = sum(-(-count // largest) for count in needing.values())
    return weights.group * -(-len(problem.people) // largest) + weights.interpreter * interpreters
