"""Checks the types of a condition against the names it may use, before anything is judged.

CEL itself answers `1 == 'a'` with false and lets `&&` hide what is wrong beside it, so that a mistake in
a condition would look like a healthy network. Here it is refused when the file is read.
"""

from __future__ import annotations

from netdoctor.model.suggest import nearest
from netdoctor.rules.cel_parser import CelError, Node, parse
from netdoctor.rules.conditions import is_pattern
from netdoctor.rules.names import BOOL, DOUBLE, INT, Names, Type, common


def check_condition(text: str, names: Names) -> frozenset[str]:
    """The names a condition uses. Raises CelError unless it is a bool over these names."""
    node = parse(text)
    found = infer(node, names)
    if found.kind != "bool":
        raise CelError(f"the condition is of type {found}, not bool")
    return frozenset(names_in(node))


def names_in(node: Node) -> set[str]:
    """The names that a parsed condition uses, without those that a macro binds."""
    if node.kind == "name":
        return {node.value}
    if node.kind == "macro" and len(node.parts) == 3:
        listed, bound, condition = node.parts
        return names_in(listed) | names_in(condition) - {bound.value}
    return {name for part in node.parts for name in names_in(part)}


def infer(node: Node, names: Names) -> Type:
    """The type of a parsed condition. Raises CelError where it has none."""
    if not node.parts:
        return _leaf(node, names)
    if node.kind == "macro":
        return _macro(node, names)
    parts = [infer(part, names) for part in node.parts]
    match node.kind:
        case "list":
            return Type("list", constant=True, element=common(parts))
        case "unary":
            return _unary(node.value, parts[0])
        case "ternary":
            return _ternary(*parts)
        case "call":
            return _call(node.value, parts)
        case "method":
            return _method(node, parts)
        case _:
            return _binary(node.value, *parts)


def _leaf(node: Node, names: Names) -> Type:
    match node.kind:
        case "bool" | "int" | "double":
            return Type(node.kind, constant=True)
        case "string":
            return Type("string", words=(node.value,), constant=True)
        case "name" if node.value in names:
            return names[node.value]
        case "name":
            raise CelError(f"unknown name {node.value!r}{nearest(node.value, names)}")
        case "list":
            return Type("list", constant=True, element=common([]))
        case _:
            return _call(node.value, [])


def _unary(operator: str, of: Type) -> Type:
    if operator == "!" and of.kind == "bool":
        return BOOL
    if operator == "-" and of.numeric:
        return of
    raise CelError(f"{operator!r} cannot be applied to {of}")


def _ternary(condition: Type, then: Type, otherwise: Type) -> Type:
    if condition.kind != "bool":
        raise CelError(f"what stands before '?' is of type {condition}, not bool")
    if then.kind != otherwise.kind:
        raise CelError(f"'?:' gives {then} or {otherwise}; both must be of one type")
    return common([then, otherwise])


def _call(function: str, arguments: list[Type]) -> Type:
    if len(arguments) != 1:
        raise CelError(f"{function}() takes one argument, not {len(arguments)}")
    (of,) = arguments
    if function == "size" and of.kind in {"list", "string"}:
        return INT
    if function in {"double", "int"} and of.numeric:
        return DOUBLE if function == "double" else INT
    raise CelError(f"{function}() cannot be applied to {of}")


def _method(node: Node, parts: list[Type]) -> Type:
    of, *arguments = parts
    if node.value == "size":
        return _call("size", parts)
    if of.kind != "string" or [argument.kind for argument in arguments] != ["string"]:
        raise CelError(f"{node.value}() is for a text, and takes one text")
    if node.value == "matches":
        _check_pattern(node.parts[1])
    return BOOL


def _check_pattern(pattern: Node) -> None:
    if pattern.kind != "string":
        raise CelError("the pattern of matches() must be written as a text")
    if not is_pattern(pattern.value):
        raise CelError(f"{pattern.value!r} is no regular expression")


def _macro(node: Node, names: Names) -> Type:
    if len(node.parts) != 3 or node.parts[1].kind != "name":
        raise CelError(f"{node.value}() takes a name and a condition")
    listed, bound, condition = node.parts
    of = infer(listed, names)
    if of.element is None:
        raise CelError(f"{node.value}() is for a list, not {of}")
    if bound.value in names:
        raise CelError(f"the name {bound.value!r} in {node.value}() is already a field or param")
    inner = infer(condition, {**names, bound.value: of.element})
    if inner.kind != "bool":
        raise CelError(f"the condition in {node.value}() is of type {inner}, not bool")
    return BOOL


def _binary(operator: str, left: Type, right: Type) -> Type:
    if operator in {"&&", "||"}:
        if not left.kind == right.kind == "bool":
            raise CelError(f"{operator!r} joins {left} and {right}; both must be bool")
        return BOOL
    if operator == "in":
        return _membership(left, right)
    if operator in {"==", "!="}:
        _comparable(operator, left, right)
        return BOOL
    if operator in {"<", "<=", ">", ">="}:
        _comparable(operator, left, right)
        if not (left.numeric or left.kind in {"string", "timestamp"}):
            raise CelError(f"{operator!r} cannot order {left}")
        return BOOL
    return _arithmetic(operator, left, right)


def _membership(left: Type, right: Type) -> Type:
    if right.element is None:
        raise CelError(f"'in' needs a list behind it, not {right}")
    _comparable("in", left, right.element)
    return BOOL


def _comparable(operator: str, left: Type, right: Type) -> None:
    """Whole numbers and decimals compare by value in CEL; all other types only with their own."""
    if "any" in {left.kind, right.kind} or (left.numeric and right.numeric):
        return
    if left.kind != right.kind or left.element or right.element:
        raise CelError(f"{operator!r} compares {left} with {right}; both must be of one type")
    for field, written in ((left, right), (right, left)):
        if field.words and not field.constant and written.constant:
            for word in written.words:
                _check_word(word, field.words)


def _check_word(word: str, words: tuple[str, ...]) -> None:
    if word not in words:
        raise CelError(f"{word!r} is not one of {', '.join(words)}{nearest(word, words)}")


def _arithmetic(operator: str, left: Type, right: Type) -> Type:
    same = left.kind == right.kind
    if same and (left.kind == "int" or (left.kind == "double" and operator != "%")):
        return left._replace(constant=left.constant and right.constant)
    if left.numeric and right.numeric and not same:
        raise CelError(
            f"{operator!r} mixes {left} and {right}: write 2.0 for 2, or double(…) around a whole number"
        )
    raise CelError(f"{operator!r} cannot be applied to {left} and {right}")
