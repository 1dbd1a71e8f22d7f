"""What comments and docstrings point at is there: `store.transitions`, `text.addresses.address_key`, `pick.window`."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from digest.settings import Settings

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "digest").rglob("*.py"))
NAMES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
#: What begins a reference to a module: the package, a room, or a module of the root.
ROOMS = {part for name in NAMES for part in name.split(".")[:-1]} | {name.split(".")[-1] for name in NAMES}
REFERENCE = re.compile(r"`([a-z_]+(?:\.\w+)+)`")
#: Names of files, which have dots as well.
ENDINGS = {"py", "toml", "md", "db", "csv", "json", "html", "txt"}


def told(path: Path) -> Iterator[tuple[int, str]]:
    """The comments and strings of a module, with their lines."""
    text = path.read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in {tokenize.COMMENT, tokenize.STRING}:
            yield token.start[0], token.string


@cache
def defined(path: Path) -> dict[str, set[str]]:
    """The names of a module's top level, each with what is defined inside it."""
    found: dict[str, set[str]] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = set(names_of(node.body))
        else:
            found.update({name: set() for name in names_of([node])})
    return found


def names_of(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))


def is_there(reference: str) -> bool:
    parts = reference.split(".")
    return is_setting(parts) or any(points_at(parts[:cut], parts[cut:]) for cut in range(len(parts), 0, -1))


def points_at(module: list[str], inside: list[str]) -> bool:
    wanted = "." + ".".join(module)
    for name, path in NAMES.items():
        if f".{name}".endswith(wanted):
            names = defined(path)
            if not inside or (inside[0] in names and set(inside[1:]) <= names[inside[0]]):
                return True
    return False


def is_setting(parts: list[str]) -> bool:
    model = Settings
    for part in parts:
        field = getattr(model, "model_fields", {}).get(part)
        if field is None:
            return False
        model = field.annotation
    return True


def test_what_a_comment_points_at_is_there() -> None:
    lost = [
        f"{path.relative_to(ROOT)}:{line}: `{reference}`"
        for path in MODULES
        for line, text in told(path)
        for reference in REFERENCE.findall(text)
        if reference.split(".")[0] in ROOMS and reference.rsplit(".")[-1] not in ENDINGS and not is_there(reference)
    ]
    assert lost == []


def test_a_reference_to_what_has_moved_is_found() -> None:
    assert is_there("store.transitions")
    assert is_there("text.addresses.address_key")
    assert is_there("pick.window")
    assert not is_there("deliver.buckets")
    assert not is_there("text.addresses.no_such_name")
