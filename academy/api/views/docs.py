"""The page about the API, made from its own description; nothing on it comes from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from academy.api.errors import not_found, respond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from ninja import NinjaAPI


@require_safe
def openapi(request: HttpRequest, api: NinjaAPI) -> JsonResponse:  # noqa: ARG001 -- Django's
    return JsonResponse(api.get_openapi_schema())


@require_safe
def docs(request: HttpRequest, api: NinjaAPI) -> HttpResponse:
    schema = api.get_openapi_schema()
    groups: dict[str, list[dict[str, Any]]] = {}
    for call in _calls(schema):
        groups.setdefault(call["group"], []).append(call)
    shapes = [(name, _fields(shape)) for name, shape in sorted(schema["components"]["schemas"].items())]
    return render(request, "api/docs.html", {"groups": list(groups.items()), "shapes": shapes})


@csrf_exempt
def unknown(request: HttpRequest, **_path: str) -> JsonResponse:  # noqa: ARG001 -- Django's
    """Whatever else stands under /api/ is answered in JSON, to every method."""
    return respond(not_found())


def _calls(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for address, methods in schema["paths"].items():
        for method, call in methods.items():
            yield {
                "group": call["tags"][0],
                "method": method.upper(),
                "address": address,
                "summary": call["summary"],
                "parameters": [_parameter(one) for one in call.get("parameters", ())],
                "body": _name(call.get("requestBody", {})),
                "answers": [(code, _name(answer)) for code, answer in call["responses"].items()],
            }


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    return {"name": one["name"], "where": one["in"], "required": one.get("required", False)}


def _name(part: dict[str, Any]) -> str:
    """The shape of a body, as it stands in the list of shapes."""
    schema = part.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _fields(shape: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, _kind(field)) for name, field in shape.get("properties", {}).items()]


def _kind(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " | ".join(_kind(part) for part in field["anyOf"])
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "enum" in field:
        return " | ".join(str(value) for value in field["enum"])
    if field.get("type") == "array":
        return f"[{_kind(field['items'])}]"
    return str(field.get("type", "any"))
