"""The look on paper: a document of the page's words, charts and tables.

What only works on a screen is left out, whichever widget it is: an element prints
if it holds text, a chart, a map or a table. Charts are scaled to the paper by
server/print.js, which also sets their colours for white paper.
"""

from __future__ import annotations

# What a reader reads; any other element of Streamlit is a control.
_DRAWING = ".stPlotlyChart, .stDeckGlJsonChart"
_CONTENT = f".stHeading, .stMarkdown, .stHtml, .stText, .stPagination, {_DRAWING}"
_PIECE = ':is(.stElementContainer, [data-testid="stLayoutWrapper"])'
_BLOCK = ':is([class*="st-key-chart-"], .st-key-front-map)'

PRINT_RULES = f"""
.parley-print-head, .parley-part, .parley-footnotes, .parley-footnote {{ display: none; }}
@media print {{
  @page {{ margin: 13mm 12mm 15mm; @bottom-right {{ content: counter(page) " / " counter(pages); font: 8pt "Source Sans", sans-serif; }} }}
  html {{ font-size: 14px !important; --parley-tallest: 190mm; }}
  body {{ background: white !important; }}
  .stApp, .stAppViewContainer, .stMain {{ color-scheme: light !important; --parley-paper: white; background: white !important; color: var(--parley-ink) !important; position: static !important; overflow: visible !important; height: auto !important; display: block !important; }}
  .stMainBlockContainer.stMainBlockContainer {{ padding: 0; }}
  .stAppHeader, header, .stSkipToContent, [data-testid="stStatusWidget"], .stToast, [class*="st-key-notices"],
  .stElementToolbar, [data-testid="stHeaderActionElements"], .modebar-container, .hoverlayer, .deck-widgets-root,
  .parley-export, .stElementContainer:has(> .stHeading):has(+ * .parley-export), .parley-more, .parley-complete, .stExpander:has(> details:not([open])),
  .stPagination > :not(.parley-part), .stMainBlockContainer {_PIECE}:not(:has({_CONTENT})), .st-key-asof > :not(:has(.parley-print-head)) {{ display: none !important; }}
  .stMainBlockContainer :is(.stVerticalBlock, {_PIECE}, .stColumn) {{ height: auto !important; min-height: 0 !important; max-height: none !important; overflow: visible !important; }}
  .stMainBlockContainer .stVerticalBlock {{ display: block; }}
  .stMainBlockContainer .stVerticalBlock > :not(:last-child) {{ margin-bottom: 0.6rem; }}
  .stMainBlockContainer .stHorizontalBlock > .stColumn:not(:last-of-type) {{ margin-bottom: 0.6rem !important; }}
  /* Columns of an article follow each other; a row of figures stays a row. */
  .stHorizontalBlock:has(> .stColumn :is(h2, h3)), .stHorizontalBlock:has(> .stColumn :is(h2, h3)) > .stColumn {{ display: block !important; width: 100% !important; }}
  .stElementContainer:has(> .stHeading) {{ margin-bottom: 1.4rem !important; }}
  .stMainBlockContainer div:has(> .st-key-asof) {{ position: static; }}
  .st-key-asof {{ margin: 0; padding: 0; width: 100% !important; display: block; background: none; border: 0; }}
  .parley-key {{ padding: 4px 0 !important; }}
  .parley-print-head {{ display: block; margin: 0; padding-bottom: 4px; border-bottom: 1px solid var(--parley-ink); font-size: 9pt; color: var(--parley-text2); overflow-wrap: anywhere; }}
  .parley-print-head a {{ color: inherit; }}
  :is(.stHeading, .stMarkdown) :is(h1, h2, h3, h4, h5, h6, p, li, strong, em) {{ color: var(--parley-ink) !important; }}
  [data-testid="stCaptionContainer"] p {{ color: var(--parley-text2) !important; }}
  .stHtml {{ color: var(--parley-ink) !important; }}
  .stMarkdown a, .stHtml a {{ color: var(--parley-accent) !important; }}
  .stHeading h1 {{ font-size: 20pt; padding: 0.2rem 0; }}
  h1, h2, h3, h4, h5, h6, caption, {_PIECE}:has(> :is(.stHeading, .stMarkdown) :is(h1, h2, h3, h4)), .stElementContainer:has(.stPagination), .parley-list-head, .kicker, .parley-event > .facts {{ break-after: avoid; break-inside: avoid; }}
  p, li, .stPlotlyChart, .stDeckGlJsonChart, .parley-figure, blockquote {{ break-inside: avoid; orphans: 3; widows: 3; }}
  {_BLOCK} {{ break-inside: avoid; }}
  {_BLOCK}:has(details[open]) {{ break-inside: auto; }}
  /* A map may be smaller: it then finds room beside the words before it. */
  :is(.st-key-front-map, .st-key-chart-front-line-map) {{ --parley-tallest: 92mm; }}
  {_BLOCK} > {_PIECE}:has({_DRAWING}) {{ break-before: avoid; break-after: avoid; }}
  .stPlotlyChart {{ contain: none !important; width: 100% !important; height: auto !important; }}
  .js-plotly-plot, .plot-container {{ width: 100% !important; height: auto !important; overflow: visible !important; }}
  .stPlotlyChart .svg-container {{ max-width: none !important; }}
  :is(.svg-container, .stDeckGlJsonChart)[style*="--parley-ratio"] {{ width: min(100%, var(--parley-drawn), var(--parley-tallest) * var(--parley-ratio)) !important; height: auto !important; min-height: 0 !important; aspect-ratio: var(--parley-ratio); }}
  .stPlotlyChart .main-svg {{ width: 100% !important; height: 100% !important; max-width: none !important; background: none !important; }}
  /* The live map is a picture of the screen: in the dark it prints as its negative,
     hues kept, and its key with it. */
  .stApp:has([data-theme="dark"].parley-print-head) .st-key-front-map :is(canvas, .parley-key span) {{ filter: invert(1) hue-rotate(180deg) brightness(1.15); }}
  .stExpander details {{ border: 0 !important; background: none !important; }}
  .stExpander summary {{ padding: 0 !important; font-weight: 600; }}
  .stExpander summary :is(svg, [data-testid="stIconMaterial"]) {{ display: none; }}
  summary {{ list-style: none; }}
  .parley-part {{ display: block; margin: 4px 0; font-size: 9pt; color: var(--parley-text2); }}
  .parley-table {{ overflow: visible; max-height: none; }}
  .parley-table table {{ font-size: 8.5pt; min-width: 0 !important; width: 100%; }}
  .parley-table thead {{ display: table-header-group; }}
  .parley-table tr {{ break-inside: avoid; }}
  .parley-table th {{ position: static; background: none; }}
  .parley-table :is(th, td) {{ padding: 2px 10px 2px 0; line-height: 1.25; max-width: none !important; overflow-wrap: break-word; }}
  .parley-table :is(th, td:not(.number, :first-child)) {{ white-space: normal !important; }}
  .parley-table:has(th:nth-child(8)) :is(th, td) {{ padding-right: 6px; }}
  /* Else its many short columns leave the notes a word or two a line. */
  .st-key-all_handovers :is(th, td):nth-last-child(2) {{ width: 36%; }}
  .parley-table tbody tr:first-child {{ break-before: avoid; }}
  .parley-footnote {{ display: inline; font-size: 0.7em; line-height: 0; vertical-align: super; margin-left: 1px; text-decoration: none; color: var(--parley-text2); }}
  .parley-footnotes {{ display: block; margin-top: 1rem; border-top: 1px solid var(--parley-ink); font-size: 8.5pt; line-height: 1.35; color: var(--parley-text2); }}
  .parley-footnotes h2 {{ font: 600 10.5pt "Source Sans", sans-serif; padding: 0; margin: 6px 0 3px; color: var(--parley-ink); }}
  .parley-footnotes ol {{ margin: 0; padding-left: 2.2em; }}
  .parley-footnotes li {{ margin: 0; overflow-wrap: anywhere; }}
  .parley-footnotes a {{ color: inherit; text-decoration: none; }}
}}
@media print {{
  /* Of a slide show the slide on the screen, over the paper's width. */
  .stApp.stApp .st-key-asof {{ display: block !important; }}
  .st-key-strip, .parley-keys {{ display: none !important; }}
  .stApp [class*="st-key-present-"] {{ position: static; color-scheme: light; background: none; overflow: visible; --parley-paper: white; --parley-left: 0px; --parley-top: 0px; --parley-stage: 100vw; }}
  .st-key-stage {{ position: relative; height: calc(var(--parley-stage) * 9 / 16) !important; contain: size; break-inside: avoid; }}
  .stMainBlockContainer :has(> .st-key-stage) {{ margin: 12px 0; }}
  .st-key-stage .js-plotly-plot {{ width: auto !important; }}
  .parley-notes {{ position: static; max-height: none; padding: 0; border: 0; }}
}}
@media print and (orientation: landscape) {{ html {{ --parley-tallest: 110mm; }} }}
"""
