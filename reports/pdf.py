"""The PDF of a view: tagged (PDF/UA-1), with bookmarks, embedded fonts and the result as JSON.

The only import of WeasyPrint, and a lazy one. While rendering nothing can be loaded but the own fonts: every
other address is refused, so text from a person can neither reach the network nor a file.
"""

from __future__ import annotations

import re
import threading
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from reports import charts
from reports.fonts import FAMILY, Fonts
from reports.glyphs import substituted, unknown_characters
from reports.group.parts import GroupView
from reports.guide.parts import GuideView
from reports.leader.parts import LeaderView
from reports.manual.blocks import ManualView
from reports.talk.parts import AgreementView, BriefView, without_private
from reports.talk.room import without_room
from reports.team.paper import on_paper
from reports.team.parts import TeamView
from reports.view.parts import PersonalView, to_json

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

TEMPLATES = Path(__file__).parent / "templates"
FONT_SCHEME = "assess-font"
ATTACHMENT = "result.json"
VARIANT = "pdf/ua-1"
FITS = ("", "tight", "short")
"""How the cover is set, in the order of trying."""
FIRST_INSIDE = "inside"
"""Anchor of what begins after the cover: on the second page, or on the first where there is no cover."""
END = "end"
"""Anchor at the end of all text; the page for notes follows."""
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
LONGEST_WORD = 30
LONGEST_LEAD_IN = 120
_SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?=\S))+[.!?](?=\s+[^\W\d_a-zæøåäö])")
_ENDLESS = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


View: TypeAlias = (
    PersonalView | LeaderView | ManualView | GroupView | GuideView | BriefView | AgreementView | TeamView
)


def _all_of_it(view: Any) -> Any:
    return view


def _nothing(_view: Any) -> Any:
    return None


@dataclass(frozen=True, slots=True)
class Paper:
    """How a kind of view is printed: its template, and when it is set denser: with more pages than
    `many_pages`, or where the text ends above `nearly_empty` of a page's height, margins included.

    `shown`: what of the view is printed; `data`: what is attached to the file; `has_fields`: whether it can
    be filled in on a screen; `sparing`: the view without what is there only where there is room, or None.
    """

    template: str
    many_pages: int
    nearly_empty: float
    data: Callable[[Any], Any] = _all_of_it
    shown: Callable[[Any], Any] = _all_of_it
    has_fields: bool = False
    sparing: Callable[[Any], Any] = _nothing


PAPERS: dict[type[View], Paper] = {
    PersonalView: Paper("personal.html", 10, 0.22),
    LeaderView: Paper("leader.html", 11, 0.55),
    ManualView: Paper("manual.html", 1_000, 0.0),
    GroupView: Paper("group.html", 1_000, 0.0),
    GuideView: Paper("guide.html", 1_000, 0.0),
    BriefView: Paper("talk_brief.html", 4, 0.0, data=without_private),
    TeamView: Paper("team.html", 7, 0.0, data=on_paper, shown=on_paper),
    AgreementView: Paper("agreement_sheet.html", 1_000, 0.0, has_fields=True, sparing=without_room),
}
"""The visible table of reports."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A report as bytes, and its number of pages."""

    pdf: bytes
    pages: int


def render(view: View, fonts: Fonts) -> bytes:
    """A report as PDF/UA-1, A4. Takes about a second; the result is attached as `result.json`."""
    return render_document(view, fonts).pdf


def render_document(view: View, fonts: Fonts) -> Rendered:
    """As `render`, with the number of pages."""
    own = press(fonts)
    with unknown_characters() as unknown:
        rendered = own.print(view, unknown)
    return own.print(view, unknown) if unknown else rendered


def _associate(_document: Any, pdf: Any) -> None:
    """Says what the attached file is to the document (ISO 32000-2, 14.13): its data."""
    files: list[Any] = [
        found for found in pdf.objects if isinstance(found, dict) and found.get("Type") == "/Filespec"
    ]
    for file in files:
        file["AFRelationship"] = "/Data"
    pdf.catalog["AF"] = _pdf_array(file.reference for file in files)


def _pdf_array(items: Iterable[Any]) -> Any:
    import pydyf  # noqa: PLC0415

    return pydyf.Array(items)


def _cover_runs_over(document: Any) -> bool:
    """Whether what must begin on the second page at the latest begins later."""
    return all(FIRST_INSIDE not in page.anchors for page in document.pages[:2])


def _ends_nearly_empty(document: Any, paper: Paper) -> bool:
    """Whether the last page of text, before the page for notes, holds next to nothing."""
    if len(document.pages) < 2:
        return False
    page = document.pages[-2]
    return END in page.anchors and bool(page.anchors[END][1] < paper.nearly_empty * page.height)


def make_html(view: View, fit: str = "") -> str:
    """The report as HTML for paper, everything escaped, charts inline. `fit` is one of `FITS`."""
    paper = PAPERS[type(view)]
    return _template(paper.template).render(view=paper.shown(view), w=view.words, charts=charts, fit=fit)


def paper_css(fonts: Fonts) -> str:
    """The style sheet for paper, with the faces of `fonts`."""
    return _template("paper.css").render(fonts=fonts, family=FAMILY, scheme=FONT_SCHEME)


def breakable(value: Any) -> Any:
    """Text with a chance to break within every word that is longer than any word.

    WeasyPrint's time for hyphenating a word grows with the square of its length: 400 characters cost
    a minute, which a person could make it spend.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _ENDLESS.sub(lambda word: ZERO_WIDTH_SPACE.join(_pieces(word[0])), value)


def _pieces(word: str) -> list[str]:
    return [word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD)]


def shortened(text: str, most: int) -> str:
    """`text` with at most `most` characters, the last of them an ellipsis where it was longer."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def led_in(text: str) -> Markup:
    """A paragraph whose short first sentence is set as its heading; one without is left as it is."""
    first = _SENTENCE.match(text)
    if first is None or first.end() > LONGEST_LEAD_IN or first.end() == len(text):
        return escape(breakable(text))
    rest = text[first.end() :]
    return Markup('<span class="lead-in">{}</span>{}').format(breakable(first[0]), breakable(rest))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=breakable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shortened"] = shortened
    environment.filters["led_in"] = led_in
    return environment


def _template(name: str) -> Template:
    return _environment().get_template(name)


class Press:
    """What every report of one thread shares: the parsed style sheet and the loaded fonts."""

    def __init__(self, fonts: Fonts) -> None:
        weasyprint = _weasyprint()
        self.font_config: FontConfiguration = weasyprint.text.fonts.FontConfiguration()
        self.fetcher = _own_fetcher(fonts)
        self.css: CSS = weasyprint.CSS(
            string=paper_css(fonts), font_config=self.font_config, url_fetcher=self.fetcher
        )

    def print(self, view: View, unknown: set[str]) -> Rendered:
        """The report, with a substitute for each of the `unknown` characters."""
        document = self._render(view, unknown)
        less = PAPERS[type(view)].sparing(view) if len(document.pages) > 1 else None
        if less is not None:
            shorter = self._render(less, unknown)
            if len(shorter.pages) < len(document.pages):
                view, document = less, shorter
        document.metadata.attachments = [self.attachment(view)]
        pdf = document.write_pdf(pdf_variant=VARIANT, finisher=_associate)
        return Rendered(pdf=pdf, pages=len(document.pages))

    def _render(self, view: View, unknown: set[str]) -> Any:
        """The pages, with a cover that stands alone and no page that holds next to nothing.

        A cover that runs over is set smaller, then shorter; a long report, and one whose text would end
        at the very top of a page, are set a little denser inside.
        """
        fits = iter(FITS)
        fit = next(fits)
        document = self._lay_out(view, unknown, fit)
        while _cover_runs_over(document) and (smaller := next(fits, None)):
            fit = smaller
            document = self._lay_out(view, unknown, fit)
        paper = PAPERS[type(view)]
        if not _ends_nearly_empty(document, paper) and len(document.pages) <= paper.many_pages:
            return document
        dense = self._lay_out(view, unknown, f"{fit} dense")
        saves = len(dense.pages) < len(document.pages)
        return dense if saves or not _ends_nearly_empty(dense, paper) else document

    def _lay_out(self, view: View, unknown: set[str], fit: str) -> Any:
        html = substituted(make_html(view, fit), unknown)
        return self.lay_out(html, has_fields=PAPERS[type(view)].has_fields)

    def print_html(self, html: str, unknown: set[str]) -> Rendered:
        """Own HTML as it is, nothing attached, with a substitute for each of the `unknown` characters."""
        document = self.lay_out(substituted(html, unknown))
        return Rendered(pdf=document.write_pdf(pdf_variant=VARIANT), pages=len(document.pages))

    def lay_out(self, html: str, *, has_fields: bool = False) -> Any:
        """The pages of own HTML, set with the report's style sheet and fonts (a WeasyPrint document).
        `has_fields`: inputs become fields of a form."""
        source = _weasyprint().HTML(string=html, url_fetcher=self.fetcher, base_url="about:blank")
        return source.render(
            font_config=self.font_config,
            stylesheets=[self.css],
            pdf_variant=VARIANT,
            pdf_forms=has_fields,
        )

    def attachment(self, view: View) -> Any:
        return _weasyprint().Attachment(
            string=to_json(PAPERS[type(view)].data(view)).decode(),
            name=ATTACHMENT,
            description=view.words["attachment"],
            created=datetime.fromisoformat(view.day),
            modified=datetime.fromisoformat(view.day),
            url_fetcher=self.fetcher,
        )


_PRESSES = threading.local()


def press(fonts: Fonts) -> Press:
    """This thread's press for these fonts: Pango's objects are not shared between threads."""
    kept: dict[Fonts, Press] = _PRESSES.__dict__.setdefault("kept", {})
    if fonts not in kept:
        kept[fonts] = Press(fonts)
    return kept[fonts]


def _weasyprint() -> Any:
    """WeasyPrint, imported at the first report (half a second).

    It warns on import where the system has no fonts at all; ours come with the style sheet.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import weasyprint  # noqa: PLC0415
        import weasyprint.text.fonts  # noqa: PLC0415
    return weasyprint


def _own_fetcher(fonts: Fonts) -> Any:
    """A fetcher that serves the faces of `fonts` by name and refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    own = {f"{FONT_SCHEME}:{face.ttf.name}": face.ttf for face in fonts.faces}

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Knows only what is in `own`."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
            if url not in own:
                raise ValueError("only the report's own fonts can be loaded")
            return URLFetcherResponse(url, own[url].read_bytes(), {"Content-Type": "font/ttf"})

    return OwnFiles()
