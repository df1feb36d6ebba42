"""Route tables of any size in the shape of GitHub's REST API, and distinct URLs that match them.

Two shapes, because routers differ in what they find hard. ``wide``: repositories with as many
kinds of things as the size asks for, ten routes a kind, so that one node of the tree has a
thousand children at 10,000 routes. ``nested``: a dozen scopes, and below them everything in
everything, so that no node has more than some dozens.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from typing import Literal

Shape = Literal["wide", "nested"]

_SCOPES = (
    "orgs/{org}",
    "repos/{owner}/{repo}",
    "users/{username}",
    "user",
    "orgs/{org}/teams/{team_slug}",
    "enterprises/{enterprise}",
    "projects/{project_number}",
    "apps/{app_slug}",
    "organizations/{organization_id}",
    "gists/{gist_id}",
    "installations/{installation_id}",
    "marketplace/{listing}",
)
_POSITIONS = {"first": 0.0, "middle": 0.5, "last": 1.0}
_STATIC = (
    "emojis",
    "events",
    "feeds",
    "licenses",
    "meta",
    "octocat",
    "rate_limit",
    "versions",
    "zen",
)
_DOMAINS = (
    *("access", "account", "advisory", "analysis", "archive", "audit", "billing", "build"),
    *("campaign", "catalog", "classroom", "cluster", "compliance", "content", "custom", "data"),
    *("dependency", "discussion", "edge", "feature", "gateway", "identity", "insight", "license"),
    *("network", "organization", "partner", "policy", "project", "quality", "registry", "report"),
    *("sandbox", "secret", "support", "template", "training", "usage"),
)
_RESOURCES = {  # collection: its item
    "artifacts": "artifact_id",
    "assignees": "assignee",
    "autolinks": "autolink_id",
    "branches": "branch",
    "caches": "cache_id",
    "checks": "check_id",
    "codespaces": "codespace",
    "collaborators": "collaborator",
    "comments": "comment_id",
    "commits": "ref",
    "deployments": "deployment_id",
    "environments": "environment",
    "hooks": "hook_id",
    "invitations": "invitation_id",
    "issues": "issue_number",
    "jobs": "job_id",
    "keys": "key_id",
    "labels": "label",
    "members": "member",
    "migrations": "migration_id",
    "milestones": "milestone_number",
    "packages": "package",
    "pages": "page",
    "pulls": "pull_number",
    "reactions": "reaction_id",
    "releases": "release_id",
    "reviews": "review_id",
    "runners": "runner_id",
    "runs": "run_id",
    "secrets": "secret",
    "tags": "tag",
    "variables": "variable",
    "workflows": "workflow_id",
}


@dataclass(frozen=True, slots=True)
class Template:
    """A path template: segments, of which those in braces are parameters."""

    segments: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters' names, from left to right."""
        return tuple(part[1:-1] for part in self.segments if part.startswith("{"))

    @property
    def is_typical(self) -> bool:
        """Whether positions are compared by it: a collection below an item, five segments deep."""
        return len(self.segments) >= 5 and not self.segments[-1].startswith("{")

    def __str__(self) -> str:
        """The template with parameters in braces, as most routers write them."""
        return "/" + "/".join(self.segments)

    def written(self, opening: str, closing: str) -> str:
        """The template with other brackets around its parameters."""
        return str(self).replace("{", opening).replace("}", closing)

    def url(self, number: int) -> tuple[str, dict[str, str]]:
        """Return a path that matches, different for each *number*, and the parameters in it."""
        values = {
            name: str(number) if name.endswith(("_id", "_number")) else f"{name}-{number}"
            for name in self.names
        }
        return "/" + "/".join(
            values[part[1:-1]] if part.startswith("{") else part for part in self.segments
        ), values


def _with_item(collection: tuple[str, ...], resource: str) -> Iterator[Template]:
    yield Template(collection)
    yield Template((*collection, f"{{{_RESOURCES[resource]}}}"))


def _nested() -> Iterator[Template]:
    for scope in _SCOPES:
        for resource in _RESOURCES:
            collection = (*scope.split("/"), resource)
            for template in _with_item(collection, resource):
                yield template
            for child in _RESOURCES:
                if child != resource:
                    yield from _with_item((*template.segments, child), child)


def _wide() -> Iterator[Template]:
    children = list(_RESOURCES)
    for number, domain in enumerate(_DOMAINS):
        for resource in _RESOURCES:
            collection = ("repos", "{owner}", "{repo}", f"{domain}-{resource}")
            for template in _with_item(collection, resource):
                yield template
            others = [child for child in children if child != resource]
            for child in (others[(number + step) % len(others)] for step in range(0, 28, 7)):
                yield from _with_item((*template.segments, child), child)


def table(size: int, shape: Shape = "wide") -> list[Template]:
    """Return *size* distinct templates, the same ones every time, grouped as an API groups them."""
    static = [Template((name,)) for name in _STATIC[: max(1, size // 10)]]
    if shape == "wide":
        return [*static, *islice(_wide(), size - len(static))]
    everything = list(_nested())
    chosen = random.Random(size).sample(range(len(everything)), size - len(static))  # noqa: S311
    return [*static, *(everything[index] for index in sorted(chosen))]


def position(templates: list[Template], where: str) -> int:
    """Return the index of the typical template nearest to ``first``, ``middle`` or ``last``."""
    target = round(_POSITIONS[where] * (len(templates) - 1))
    typical = (index for index, template in enumerate(templates) if template.is_typical)
    return min(typical, key=lambda index: abs(index - target))


def paths(templates: list[Template], kind: str) -> Iterator[str]:
    """Yield endlessly many paths of *kind*, each a new string, distinct where it can be.

    ``first``, ``middle``, ``last``: one template's; ``static``: those without parameters;
    ``miss``: the middle one's with another last segment, ``early-miss``: with another literal
    at its first fork, so that nothing answers.
    """
    if kind == "static":
        static = [str(template) for template in templates if not template.names]
        for number in count():
            yield static[number % len(static)].encode().decode()  # a new string: no cached hash
    template = templates[position(templates, kind if kind in _POSITIONS else "middle")]
    if kind == "miss":
        template = Template((*template.segments[:-1], "nothing"))
    elif kind == "early-miss":
        fork = max(i for i, part in enumerate(template.segments[:-2]) if not part.startswith("{"))
        parts = template.segments
        template = Template((*parts[:fork], "nothing", *parts[fork + 1 :]))
    for number in count(1):
        yield template.url(number)[0]
