"""Which components an alert is about: those of its tags, and those that the settings give it."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from statuspage_bridge.core.tags import Tagged, merged, tagged

type ComponentMap = Mapping[str, Sequence[str]]


def components_of(tags: object, components: ComponentMap, said: Iterable[str]) -> Tagged:
    """Return the components of some tags and of everything else that was said of an alert."""
    return merged([tagged(tags), mapped(components, said)])


def mapped(components: ComponentMap, said: Iterable[str]) -> Tagged:
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
