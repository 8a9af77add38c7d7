"""Django REST framework and its description, as this house uses them: JSON to be read, by anybody, without a log-in."""


def rest_framework():
    """Nobody is known here and nothing is written: no session, no form, no page of the framework's own."""
    return {
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": [],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "UNAUTHENTICATED_USER": None,
        "UNAUTHENTICATED_TOKEN": None,
        "URL_FORMAT_OVERRIDE": None,
    }


def spectacular(newsroom):
    return {
        "OAS_VERSION": "3.1.0",
        "TITLE": newsroom,
        "VERSION": "1",
        "SERVE_INCLUDE_SCHEMA": False,
    }
