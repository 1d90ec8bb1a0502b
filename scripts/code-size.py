#!/usr/bin/env python3
"""Prints the size of the code: lines per crate, longest functions, largest types, type names used twice, import circles.

    scripts/code-size.py [FOLDER]

It reads files as rustfmt writes them (an item ends at the first line with a closing brace at its own indentation), which
is exact enough for a table and needs no parser. Tests and benchmarks count in the lines per crate only.
"""
import collections
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
listed = subprocess.run(["git", "ls-files", "*.rs"], cwd=root, capture_output=True, text=True, check=True).stdout.split()

FUNCTION = re.compile(r"^(\s*)(?:pub(?:\([^)]*\))? )?(?:const |async |unsafe |extern \"C\" )*fn (\w+)")
TYPE = re.compile(r"^(\s*)(?:pub(?:\([^)]*\))? )?(struct|enum|trait) (\w+)")
IMPL = re.compile(r"^impl(?:<[^{]*?>)? (?:(?P<trait>[\w:<>', ]+?) for )?(?P<type>[\w:]+)")
USE = re.compile(r"\bcrate::((?:\w+::)*\w+)|\bsuper::((?:\w+::)*\w+)")


def crate_of(path: str) -> str:
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "crates" else parts[0]


def is_test(path: str) -> bool:
    return "/tests/" in path or "/benches/" in path or path.endswith("tests.rs") or path.startswith("fuzz/") or "test-support" in path


def end_of(lines: list[str], start: int, indent: str) -> int:
    if re.search(r"[;}]\s*$", lines[start]) and lines[start].count("{") == lines[start].count("}"):
        return start
    for number in range(start + 1, len(lines)):
        if lines[number].startswith(indent) and re.match(r"[})]", lines[number][len(indent):]) and lines[number].rstrip().endswith(("}", ";", ")")):
            if re.match(r"\) ?(->.*)?(where)?.*\{$", lines[number][len(indent):]):
                continue
            return number
    return len(lines) - 1


source, tests = collections.Counter(), collections.Counter()
functions, types, fields, methods = [], collections.defaultdict(list), {}, collections.Counter()
for path in listed:
    lines = (root / path).read_text().splitlines()
    cut = next((n for n, line in enumerate(lines) if line.startswith("#[cfg(test)]") and n + 1 < len(lines) and lines[n + 1].rstrip().endswith("{")), len(lines))
    if is_test(path):
        tests[crate_of(path)] += len(lines)
        continue
    source[crate_of(path)] += cut
    tests[crate_of(path)] += len(lines) - cut
    current = None
    for number, line in enumerate(lines[:cut]):
        if found := IMPL.match(line):
            current = None if found["trait"] else (crate_of(path), found["type"].split("::")[-1])
        elif line.startswith("}"):
            current = None
        if found := FUNCTION.match(line):
            end = end_of(lines, number, found[1])
            functions.append((end - number + 1, f"{path}:{number + 1} {found[2]}", crate_of(path)))
            if current and found[1] == "    ":
                methods[current] += 1
        if found := TYPE.match(line):
            types[found[3]].append(f"{path}:{number + 1}")
            if found[2] == "struct" and line.rstrip().endswith("{"):
                end = end_of(lines, number, found[1])
                count = sum(bool(re.match(rf"{found[1]}    (pub(\([^)]*\))? )?\w+: ", one)) for one in lines[number + 1 : end])
                fields[(crate_of(path), found[3])] = count


def module_of(path: str) -> tuple[str, tuple[str, ...]] | None:
    folder, _, rest = path.partition("/src/")
    if not rest:
        return None
    parts = rest.removesuffix(".rs").split("/")
    if parts[-1] in ("mod", "lib", "main"):
        parts.pop()
    return folder, tuple(parts)


modules = {module_of(path): path for path in listed if module_of(path) and not is_test(path)}
arrows = collections.defaultdict(set)
for (crate, parts), path in modules.items():
    text = (root / path).read_text().split("#[cfg(test)]\nmod")[0]
    for found in USE.finditer(re.sub(r"//.*", "", text)):
        names = (found[1] or found[2]).split("::")
        base = () if found[1] else parts[:-1]
        for length in range(len(names), 0, -1):
            target = (crate, tuple(base) + tuple(names[:length]))
            if target in modules and target != (crate, parts):
                # A module and the modules inside it are one room.
                if target[1][: len(parts)] != parts and parts[: len(target[1])] != target[1]:
                    arrows[(crate, parts)].add(target)
                break


def circles() -> list[list[str]]:
    index, low, stack, found, counter = {}, {}, [], [], [0]
    sys.setrecursionlimit(10_000)

    def visit(node):
        index[node] = low[node] = counter[0]
        counter[0] += 1
        stack.append(node)
        for other in arrows[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            group = []
            while True:
                group.append(stack.pop())
                if group[-1] == node:
                    break
            if len(group) > 1:
                found.append(sorted(modules[one] for one in group))

    for node in list(modules):
        if node not in index:
            visit(node)
    return found


print("| crate | lines | lines of tests |\n|---|---:|---:|")
for crate in sorted(source.keys() | tests.keys()):
    print(f"| {crate} | {source[crate]} | {tests[crate]} |")
print(f"| all | {sum(source.values())} | {sum(tests.values())} |")
print("\nlongest functions outside app:")
for length, name, crate in sorted((one for one in functions if one[2] != "app"), reverse=True)[:8]:
    print(f"  {length:4} {name}")
print("longest functions in app:")
for length, name, crate in sorted((one for one in functions if one[2] == "app"), reverse=True)[:3]:
    print(f"  {length:4} {name}")
print("types with the most methods:")
for (crate, name), count in methods.most_common(6):
    print(f"  {count:4} {crate} {name}")
print("types with the most fields (those with methods):")
behaving = [(count, *key) for key, count in fields.items() if methods[key]]
for count, crate, name in sorted(behaving, reverse=True)[:8]:
    print(f"  {count:4} {crate} {name}, {methods[(crate, name)]} methods")
twice = {name: places for name, places in types.items() if len(places) > 1}
print(f"type names used more than once: {len(twice)}")
for name, places in sorted(twice.items()):
    print(f"  {name}: {', '.join(places)}")
knots = circles()
print(f"circles between modules: {len(knots)}")
for group in knots:
    print(f"  {', '.join(group)}")
