"""How every form of the academy prints itself: label, hint and error tied together, errors summed up at the top."""

from __future__ import annotations

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class Field(BoundField):
    """A field that knows where its error summary must point."""

    @property
    def first_control(self) -> str:
        """The id of the element a link in the error summary leads to; of a group it is the first choice."""
        if self.id_for_label:
            return str(self.id_for_label)
        first = next(iter(self.subwidgets), None)
        return str(first.id_for_label) if first is not None and first.id_for_label else str(self.auto_id)

    @property
    def is_single_choice(self) -> bool:
        """Whether the label belongs behind the control, as with one checkbox."""
        return getattr(self.field.widget, "input_type", "") == "checkbox" and not self.use_fieldset


class Renderer(TemplatesSetting):
    """Django's own machinery with the templates of this project (``templates/forms/``)."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"
    bound_field_class = Field
