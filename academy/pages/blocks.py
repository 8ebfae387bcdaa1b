"""The blocks that content is made of. Few on purpose: each has one template in ``templates/blocks/``."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

FEATURES = ["bold", "italic", "link", "ul", "ol"]
_secure = URLValidator(schemes=["http", "https"])


class HeadingBlock(blocks.StructBlock):
    """A heading; the title of the page is level 1, so content begins at 2."""

    text = blocks.CharBlock(label=_("kop"), max_length=120)
    level = blocks.ChoiceBlock(label=_("niveau"), choices=[("2", _("kop")), ("3", _("kop onder een kop"))], default="2")

    class Meta:
        label = _("kop")
        icon = "title"
        template = "blocks/heading.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("afbeelding"))
    alt = blocks.CharBlock(
        label=_("wat is er te zien?"),
        max_length=250,
        help_text=_("Voor wie de afbeelding niet ziet. Beschrijf wat ertoe doet, niet het uiterlijk van mensen."),
    )
    caption = blocks.CharBlock(label=_("bijschrift"), max_length=250, required=False)

    class Meta:
        label = _("afbeelding")
        icon = "image"
        template = "blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("citaat"), max_length=600, rows=3)
    source = blocks.CharBlock(label=_("van wie"), max_length=120, required=False)

    class Meta:
        label = _("citaat")
        icon = "openquote"
        template = "blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """Something that must not be missed."""

    kind = blocks.ChoiceBlock(
        label=_("soort"),
        choices=[("tip", _("tip")), ("remember", _("onthoud")), ("careful", _("let op"))],
        default="tip",
    )
    title = blocks.CharBlock(label=_("titel"), max_length=120)
    text = blocks.RichTextBlock(label=_("tekst"), features=FEATURES)

    class Meta:
        label = _("kader")
        icon = "warning"
        template = "blocks/callout.html"


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str:
        page = self.get("page")
        return (page.url or "") if page else self.get("url") or ""


class LinkBlock(blocks.StructBlock):
    """A link to a page of our own or to another site; its text says where it leads."""

    text = blocks.CharBlock(label=_("tekst van de link"), max_length=120)
    page = blocks.PageChooserBlock(label=_("pagina"), required=False)
    url = blocks.URLBlock(label=_("of een adres elders"), required=False, validators=[_secure])

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            problem = ValidationError(_("Kies een pagina of vul een adres in, een van beide."))
            raise blocks.StructBlockValidationError({"page": problem})
        return cleaned

    class Meta:
        label = _("link")
        icon = "link"
        value_class = LinkValue
        template = "blocks/link.html"


class LinksBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("titel"), max_length=120, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("links"), min_num=1)

    class Meta:
        label = _("lijst met links")
        icon = "list-ul"
        template = "blocks/links.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("stap"), max_length=120)
    text = blocks.RichTextBlock(label=_("uitleg"), features=FEATURES, required=False)

    class Meta:
        label = _("stap")


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), label=_("stappen"), min_num=2)

    class Meta:
        label = _("stappen")
        icon = "list-ol"
        template = "blocks/steps.html"


class VideoBlock(blocks.StructBlock):
    """A link to a film elsewhere: nothing of another site is loaded before somebody chooses to go there."""

    title = blocks.CharBlock(label=_("titel"), max_length=120)
    url = blocks.URLBlock(label=_("adres van de film"), validators=[_secure])
    minutes = blocks.IntegerBlock(label=_("duur in minuten"), min_value=1, max_value=600, required=False)
    captions = blocks.ChoiceBlock(
        label=_("ondertiteling"),
        choices=[("yes", _("met ondertiteling")), ("transcript", _("met uitgeschreven tekst hieronder"))],
    )
    transcript = blocks.TextBlock(label=_("uitgeschreven tekst"), required=False, rows=6)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if cleaned.get("captions") == "transcript" and not cleaned.get("transcript"):
            problem = ValidationError(_("Schrijf de tekst van de film uit, of kies een film met ondertiteling."))
            raise blocks.StructBlockValidationError({"transcript": problem})
        return cleaned

    class Meta:
        label = _("film")
        icon = "media"
        template = "blocks/video.html"


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    text = blocks.CharBlock(label=_("tekst van de link"), max_length=120, required=False)

    class Meta:
        label = _("download")
        icon = "download"
        template = "blocks/download.html"


class BodyBlock(blocks.StreamBlock):
    """Everything that may stand on a page."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(label=_("tekst"), features=FEATURES, template="blocks/text.html", icon="pilcrow")
    image = ImageBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    links = LinksBlock()
    video = VideoBlock()
    download = DownloadBlock()

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """A heading under a heading needs one above it, or a screen reader gets lost. A draft may be unfinished."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        above = 1
        problems = {}
        for place, child in enumerate(cleaned):
            if child.block_type != "heading":
                continue
            level = int(child.value["level"])
            if level > above + 1:
                problems[place] = ValidationError(
                    _("Dit is een kop onder een kop, maar er staat geen kop boven. Kies niveau “kop”.")
                )
            above = level
        if problems:
            raise blocks.StreamBlockValidationError(block_errors=problems)
        return cleaned
