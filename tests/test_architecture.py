"""The house's rules: which package may import which, and how long a module or a body may be."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "geo": {"geo"},
    "gazetteer": {"gazetteer", "geo"},
    "reports": {"reports", "gazetteer", "geo"},
    "maps": {"maps", "geo"},
    "incident_mapper": {"incident_mapper", "reports", "gazetteer", "maps", "geo"},
}
# Code beside the packages, which none of them may lean on.
OUTSIDE = {"tests", "benchmarks", "build_hook", "hatch_build"}
MAX_MODULE_LINES = 300
MAX_BODY_LINES = 50
MAX_MEDIAN_BODY_LINES = 10
MAX_POSITIONAL = 5


def _modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _name(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def _imports(tree: ast.Module, package: str) -> Iterator[tuple[int, str]]:
    """Yield line and imported top package, wherever the import stands, `TYPE_CHECKING` included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, package if node.level else (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, package if first.value[0] == "." else first.value.split(".")[0]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _wrong_imports(module: str, source: str) -> list[str]:
    package = module.partition("/")[0]
    forbidden = (set(MAY_IMPORT) | OUTSIDE) - MAY_IMPORT[package]
    return [
        f"{module}:{line} imports {name}"
        for line, name in _imports(ast.parse(source), package)
        if name in forbidden
    ]


def _functions(module: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{_name(module)}:{node.lineno} {node.name}", node


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_run_one_way(package):
    wrong = [
        line
        for module in _modules(package)
        for line in _wrong_imports(_name(module), module.read_text(encoding="utf-8"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("geo/a.py", "import gazetteer.place"),
        ("geo/a.py", "from incident_mapper import cli"),
        ("gazetteer/a.py", "def late():\n    from reports import extract"),
        ("maps/a.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import reports"),
        ("maps/a.py", "import importlib\nimportlib.import_module('gazetteer.resolve')"),
        ("reports/a.py", "import maps as pictures"),
        ("incident_mapper/a.py", "from tests import conftest"),
    ],
)
def test_a_wrong_import_is_found_wherever_it_stands(module, source):
    assert len(_wrong_imports(module, source)) == 1


def test_right_imports_are_let_pass():
    source = "import json\nfrom . import place\nfrom geo.measure import Position\nimport geopandas"
    assert _wrong_imports("gazetteer/resolve.py", source) == []


def test_no_module_is_too_long():
    lengths = {
        _name(module): len(module.read_text(encoding="utf-8").splitlines())
        for module in _modules(*MAY_IMPORT, "benchmarks", "build_hook", "tests")
    }
    assert {name: n for name, n in lengths.items() if n > MAX_MODULE_LINES} == {}


def test_no_function_body_is_too_long():
    long = [
        f"{name}: {_body_lines(function)} lines"
        for module in _modules(*MAY_IMPORT, "benchmarks", "build_hook")
        for name, function in _functions(module)
        if _body_lines(function) > MAX_BODY_LINES
    ]
    assert long == []


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_bodies_are_short_in_the_middle(package):
    lines = [_body_lines(f) for module in _modules(package) for _, f in _functions(module)]
    assert median(lines) < MAX_MEDIAN_BODY_LINES


def test_no_function_takes_too_many_positional_arguments():
    many = [
        name
        for module in _modules(*MAY_IMPORT)
        for name, function in _functions(module)
        if len([a for a in function.args.args if a.arg not in {"self", "cls"}]) > MAX_POSITIONAL
    ]
    assert many == []


def test_javascript_modules_are_short():
    files = sorted((ROOT / "maps" / "js" / "src").rglob("*.js"))
    assert files
    lengths = {_name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: n for name, n in lengths.items() if n > MAX_MODULE_LINES} == {}
