"""How Django's forms are drawn: with the fields and the error summary of Designsystemet."""

from django.forms.renderers import DjangoTemplates


class DesignRenderer(DjangoTemplates):
    """Draw forms, fields and errors with our own templates. Set as ``FORM_RENDERER``."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"
