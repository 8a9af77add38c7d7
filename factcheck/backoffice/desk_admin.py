"""What every page of records at the desk has in common: roles decide, actions write, nothing is ever deleted."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from factcheck.newsroom.refusals import Refused
from factcheck.newsroom.roles import RECORD_PERMISSIONS

from .field_history import changes_of, entries_about


def role_allows(user, verb, model):
    """Whether one of this person's roles may `verb` ("view", "add", "change") rows of `model`.

    Asked of the roles' own table and not of `has_perm`, because that says yes to every superuser.
    """
    label = model._meta.app_label
    return user.is_active and any(verb in RECORD_PERMISSIONS[role].get(label, ()) for role in user.roles)


class DeskForm(forms.ModelForm):
    """A form that also shows what an action answered: `refusal` is what it raised when the form was sent."""

    refusal = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self):
        cleaned = super().clean()
        for field, errors in _by_field(self.refusal):
            self.add_error(field if field in self.fields else None, errors)
        return cleaned


def _by_field(refusal):
    if isinstance(refusal, ValidationError):
        told = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.error_list}
        return [(name, [m for error in errors for m in error.messages]) for name, errors in told.items()]
    return [(None, [str(reason) for reason in refusal.reasons])] if refusal else []


class DeskAdmin(admin.ModelAdmin):
    """Records of the desk. A subclass overrides `save_model` and calls an action there; anything the action raises is
    answered on the same page, with everything typed still in it."""

    form = DeskForm
    actions = None
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
        models.DateTimeField: {
            "form_class": forms.DateTimeField,
            "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        },
    }

    def get_changeform_initial_data(self, request):
        """What the address asks to be filled in, without keys that no record could have."""
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if self._could_be(name, value)}

    def _could_be(self, name, value):
        relations = {field.name for field in self.model._meta.get_fields() if field.is_relation}
        keys = value if isinstance(value, list) else [value]
        return name not in relations or all(key.isdecimal() and len(key) < 19 for key in keys)

    # Who may

    def has_view_permission(self, request, obj=None):
        return role_allows(request.user, "view", self.model)

    def has_add_permission(self, request):
        return role_allows(request.user, "add", self.model)

    def has_change_permission(self, request, obj=None):
        return role_allows(request.user, "change", self.model)

    def has_delete_permission(self, request, obj=None):
        return False

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    # What is written, and by what

    def save_model(self, request, obj, form, change):
        raise NotImplementedError(f"{type(self).__name__} names no action that writes {self.model.__name__}")

    def save_related(self, request, form, formsets, change):
        """Formsets go to `save_formset`; the rest of a form is written by its action and by nothing else."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def log_addition(self, request, obj, message):
        """The newsroom's own journal is the record; Django's would be a second one that anybody could change."""

    log_change = log_addition

    # What is answered

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Beside a field that points to another record: the way to it and the way to make one, and no third pop-up."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(field.widget, "can_change_related"):
            field.widget.can_change_related = False
        return field

    def history_view(self, request, object_id, extra_context=None):
        """What changed, field by field; for records without a field history, what the journal says of them."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        asked = request.GET.get("p", "")
        page = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
        changes, more = changes_of(record, page) if hasattr(record, "history") else ((), False)
        context = {"record": record, "opts": self.opts, "title": _("What changed"), "changes": changes, "page": page}
        context |= {"older": page + 1 if more else 0, "entries": entries_about(record) if not changes else ()}
        return self.admin_site.answer(request, "admin/object_history.html", **context, **(extra_context or {}))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and request.method == "POST":  # the form holds what was typed; round it stands the record as it is
            context["original"] = obj = self.model._default_manager.get(pk=obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return _honest_status(request, super().changeform_view(request, object_id, form_url, extra_context))
        except (ValidationError, Refused) as refusal:
            # Again, now with the reason: the form is not valid any more and comes back as it was typed.
            request.refusal = refusal
            return _honest_status(request, super().changeform_view(request, object_id, form_url, extra_context))


def _honest_status(request, response):
    """A form that was sent and is shown again did not succeed, and says so."""
    if request.method == "POST" and isinstance(response, TemplateResponse) and response.status_code == 200:
        response.status_code = 409 if isinstance(getattr(request, "refusal", None), Refused) else 400
    return response


def changes_in(form):
    """What the person changed, as keyword arguments for an action: only fields of the record."""
    names = {field.name for field in form._meta.model._meta.get_fields()}
    return {name: form.cleaned_data[name] for name in form.changed_data if name in names - {"version"}}


def given_in(form):
    """Everything the form gives for a new record, without what was left empty."""
    names = {field.name for field in form._meta.model._meta.get_fields()}
    given = {name: value for name, value in form.cleaned_data.items() if name in names - {"version"}}
    return {name: value for name, value in given.items() if value not in (None, "")}


class ReadOnlyAdmin(DeskAdmin):
    """Records that this door only shows."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
