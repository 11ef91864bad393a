"""The few rules that Streamlit's theme has no setting for."""

from __future__ import annotations

from functools import cache

from components.theme.palette import SURFACE

_RULES = """
.stApp { font-variant-numeric: lining-nums tabular-nums; }
.stMainBlockContainer { padding: 3.75rem 40px 3rem; max-width: none; }
.stMainBlockContainer > div > .stVerticalBlock { gap: 0.75rem; }
.stAppToolbar { padding-left: 40px; box-sizing: border-box; width: 100%; }
.stAppToolbar::before {
  content: "Parley"; font: 600 1.5rem "Source Serif", serif; margin-right: 28px;
  color: var(--parley-ink);
}
[data-testid="stTopNavLink"] { border-radius: 0; }
[data-testid="stTopNavLink"][aria-current] {
  background: none; box-shadow: inset 0 -3px var(--parley-accent);
}
.st-key-asof {
  background: var(--parley-chip); border-bottom: 1px solid var(--parley-rule);
  margin: 0 -40px; padding: 6px 40px; width: calc(100% + 80px) !important; max-width: none;
  position: sticky; top: 3.75rem; z-index: 90; gap: 8px;
}
.st-key-asof > div { width: auto; flex: 0 0 auto; }
.st-key-asof .stDateInput { display: flex; align-items: center; gap: 8px; }
.st-key-asof .stDateInput label { white-space: nowrap; min-height: 0; margin: 0; }
.st-key-day_before p, .st-key-day_after p {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
.parley-complete { margin: 0; color: var(--parley-text2); font-size: 0.94rem; }
.st-key-asof .st-key-units { margin-left: auto; }
.stCaption, [data-testid="stCaptionContainer"] { color: var(--parley-text2) !important; }
[data-testid="stCaptionContainer"] p { font-size: 0.9rem; line-height: 1.4; }
.st-key-notices { border: 1px solid var(--parley-border); padding: 8px 12px; }
.stHeading h1 { line-height: 1.18; padding: 0.4rem 0 0.2rem; }
.stHeading h2, .stHeading h3 { padding: 0.3rem 0 0.1rem; }
a:focus-visible, button:focus-visible, [tabindex="0"]:focus-visible,
input:focus-visible { outline: 2px solid var(--parley-accent) !important; outline-offset: 2px; }
.parley-figure { border-top: 2px solid var(--parley-ink); padding-top: 8px; }
.parley-figure .label { font-size: 0.85rem; font-weight: 700; color: var(--parley-muted); margin: 0; }
.parley-figure .value { font-family: "Source Serif", serif; font-size: 2.24rem; font-weight: 600; line-height: 1.15; margin: 0; }
.parley-figure .value .unit { font-family: "Source Sans", sans-serif; font-size: 1.18rem; font-weight: 400; color: var(--parley-text2); }
.parley-figure .source { font-size: 0.88rem; line-height: 1.4; color: var(--parley-text2); margin: 2px 0 0; }
.parley-table { overflow: auto; max-height: 70vh; }
.parley-table table { border-collapse: collapse; font-size: 0.92rem; }
.parley-table caption { text-align: left; font-weight: 600; padding: 4px 8px 8px 0; }
.parley-table th, .parley-table td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--parley-rule); max-width: 34rem; }
.parley-table th { position: sticky; top: 0; background: var(--parley-paper); border-bottom: 2px solid var(--parley-ink); }
.parley-table .number { text-align: right; white-space: nowrap; }
.parley-block { border-top: 2px solid var(--parley-ink); padding-top: 6px; }
.parley-muted { color: var(--parley-muted); font-size: 0.9rem; }
@media (max-width: 640px) {
  .stMainBlockContainer { padding: 3.75rem 16px 2rem; }
  .stAppToolbar { padding-left: 16px; }
  .stAppToolbar::before { margin-right: 8px; }
  .st-key-asof { margin: 0 -16px; padding: 6px 16px; width: calc(100% + 32px) !important; flex-wrap: wrap; position: static; }
  .parley-complete { display: none; }
  .stHeading h1 { font-size: 1.45rem; }
  .parley-figure .value { font-size: 1.77rem; }
}
@media print { .st-key-asof, header, .stExpander { display: none !important; } }
"""


@cache
def style() -> str:
    """One style element: the palette as variables for both themes, then the rules.

    Streamlit sets `color-scheme` on the app's root by the theme in use, and
    `light-dark()` follows it.
    """
    light, dark = SURFACE["light"], SURFACE["dark"]
    variables = "".join(
        f"--parley-{name}:light-dark({light[name]},{dark[name]});" for name in light
    )
    return f"<style>:root{{{variables}}}{_RULES}</style>"
