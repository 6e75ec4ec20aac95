"""Which components the settings give to what a source says of an alert. No I/O."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from statuspage_bridge.core.tags import Tagged


def mapped(components: Mapping[str, Sequence[str]], said: Iterable[str]) -> Tagged:
    """Return the components of all patterns that fit something that was said."""
    subjects = [one for one in said if one]
    return {
        component: None
        for pattern, named in components.items()
        if any(fnmatchcase(subject, _literal(pattern)) for subject in subjects)
        for component in named
    }


def of_labels(labels: Mapping[str, str]) -> list[str]:
    """Return labels as patterns name them: `job=api`."""
    return [f"{name}={value}" for name, value in labels.items()]


def _literal(pattern: str) -> str:
    """A bracket is a part of a name here: only * and ? stand for something else."""
    return pattern.replace("[", "[[]")
