"""Django REST framework and its description, as this house uses them: JSON to be read, by anybody, without a log-in."""


def rest_framework():
    """Nobody is known here and nothing is written: no session, no form, no page of the framework's own."""
    return {
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": [],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_SCHEMA_CLASS": "factcheck.machines.description.Described",
        "UNAUTHENTICATED_USER": None,
        "UNAUTHENTICATED_TOKEN": None,
        "URL_FORMAT_OVERRIDE": None,
    }


def spectacular():
    """The description's form; its title, terms and host are the newsroom's, and put in where it is made."""
    return {
        "OAS_VERSION": "3.1.0",
        "SORT_OPERATIONS": False,
        "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
        "COMPONENT_SPLIT_REQUEST": False,
    }
