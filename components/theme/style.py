"""The few rules that Streamlit's theme has no setting for."""

from __future__ import annotations

from functools import cache
from typing import Literal

from components.theme.palette import SURFACE
from components.theme.print_style import PRINT_RULES

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
  gap: 8px;
}
.stMainBlockContainer div:has(> .st-key-asof) { position: sticky; top: 3.75rem; z-index: 90; }
.st-key-asof > div { width: auto; flex: 0 0 auto; }
.st-key-asof .stDateInput { display: flex; align-items: center; gap: 8px; }
.st-key-asof .stDateInput label { white-space: nowrap; min-height: 0; margin: 0; }
.st-key-day_before p, .st-key-day_after p, .st-key-map_before p, .st-key-map_after p {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
.parley-complete { margin: 0; color: var(--parley-text2); font-size: 0.94rem; }
.st-key-asof .st-key-units { margin-left: auto; }
[data-testid="stCaptionContainer"] { color: var(--parley-text2) !important; opacity: 1; }
[data-testid="stCaptionContainer"] p { font-size: 0.9rem; line-height: 1.4; }
.stHtml a { color: var(--parley-accent); }
[class*="st-key-notices"] { border: 1px solid var(--parley-border); padding: 8px 12px; }
[class*="st-key-notices"] p { margin: 0; }
.stApp:has(.parley-slide) .st-key-notices-refused { position: fixed; z-index: 1001; top: 12px; left: 50%; transform: translateX(-50%); width: max-content; max-width: 92vw; background: var(--parley-paper); }
.stHeading h1 { line-height: 1.18; padding: 0.4rem 0 0.2rem; }
.stHeading h2, .stHeading h3 { padding: 0.3rem 0 0.1rem; }
a:focus-visible, button:focus-visible, [tabindex="0"]:focus-visible
{ outline: 2px solid var(--parley-accent) !important; outline-offset: 2px; }
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
.parley-table a, .parley-sources a, .parley-method a { color: var(--parley-accent); }
.parley-sources a, .parley-method a { overflow-wrap: anywhere; }
.st-key-all_statements .parley-table table, .st-key-all_handovers .parley-table table, .st-key-official_totals .parley-table table, .st-key-editions .parley-table table { min-width: 56rem; }
.parley-method { border-top: 1px solid var(--parley-rule); padding: 8px 0; max-width: 44rem; }
.parley-method h3 { font-size: 1.05rem; padding: 0; margin: 0; }
.parley-method p { margin: 4px 0; }
.parley-muted { color: var(--parley-muted); font-size: 0.9rem; }
.parley-key { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 !important; padding: 0 !important; list-style: none; font-size: 0.88rem; color: var(--parley-text2); }
.parley-key li { display: flex; align-items: center; gap: 7px; margin: 0 !important; padding: 0 !important; }
.st-key-front-steps { flex-wrap: nowrap; }
.parley-key span { display: inline-block; width: 18px; height: 12px; }
.parley-key .stroke { height: 3px; }
.st-key-front-map .stDeckGlJsonChart, .st-key-front-map [data-testid="stDeckGlJsonChart"] { border: 1px solid var(--parley-border); }
.stHtml ul.parley-cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px 20px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); }
.parley-cards li { margin: 0; border-top: 1px solid var(--parley-rule); }
.parley-cards a { display: flex; gap: 12px; padding: 10px 0; color: var(--parley-ink); text-decoration: none; }
.parley-cards a:hover strong { text-decoration: underline; }
.parley-cards .text > * { display: block; }
.parley-cards strong { color: var(--parley-ink); }
.parley-cards span { font-size: 0.94rem; line-height: 1.35; color: var(--parley-text2); }
.parley-cards strong { font-size: 1.06rem; }
.parley-cards .facts { color: var(--parley-muted); font-size: 0.88rem; }
.parley-monogram.parley-monogram { flex: 0 0 48px; width: 48px; height: 48px; display: grid; place-items: center; font-size: 1.06rem; font-weight: 600; }
.parley-actor { display: flex; gap: 16px; max-width: 62rem; }
.parley-actor p { margin: 0 0 6px; }
.parley-actor .kicker { font-size: 0.9rem; font-weight: 600; color: var(--parley-muted); }
.parley-actor .native { font-family: "Source Serif", serif; font-size: 1.18rem; color: var(--parley-text2); }
.parley-actor .bio { color: var(--parley-text2); }
.stHtml ul.parley-rooms { list-style: none; margin: 0; padding: 0; }
.parley-rooms a, .parley-quotes a, .parley-positions a { color: var(--parley-accent); }
.parley-rooms li { margin: 0; padding: 8px 0; border-bottom: 1px solid var(--parley-rule); }
.parley-rooms span, .parley-positions span { color: var(--parley-text2); font-size: 0.92rem; }
.parley-quotes blockquote { margin: 14px 0 2px; padding: 0; border: 0; font-family: "Source Serif", serif; font-size: 1.12rem; }
.parley-quotes p { margin: 0; }
.parley-positions { columns: 30rem; column-gap: 2.5rem; }
.parley-positions section { break-inside: avoid; }
.parley-positions h3 { font-size: 1.06rem; margin: 14px 0 4px; padding: 0; }
.parley-positions ul { margin: 0; padding: 0 0 0 1.1rem; }
.parley-positions li { margin: 4px 0; }
.parley-text { border-top: 2px solid var(--parley-ink); padding-top: 8px; margin-top: 8px; }
.parley-text h2 { font: 600 1.41rem/1.25 "Source Serif", serif; margin: 4px 0 6px; padding: 0; }
.parley-text h3 { font: 600 1.06rem "Source Sans", sans-serif; margin: 0 0 2px; padding: 0; }
.parley-text h3 span { font-weight: 400; border: 1px solid var(--parley-border); padding: 0 8px; margin-left: 8px; font-size: 0.88rem; white-space: nowrap; }
.parley-text p { margin: 2px 0 6px; max-width: 60rem; }
.parley-text a { color: var(--parley-accent); }
.parley-text .facts { font-size: 0.88rem; font-weight: 600; color: var(--parley-muted); }
.parley-text .pages { font-size: 0.88rem; color: var(--parley-text2); }
.parley-text .terms { columns: 26rem; column-gap: 2.5rem; margin-top: 10px; }
.parley-text section { break-inside: avoid; padding: 8px 10px; border-top: 1px solid var(--parley-rule); }
.parley-text .chosen { background: var(--parley-selected); }
.parley-text .chosen p, .parley-text .chosen a { color: var(--parley-ink); }
.parley-text .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 32px; }
.parley-text del { text-decoration: line-through; }
.parley-text ins { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 3px; font-weight: 600; }
.parley-export h4 { font: 600 1rem "Source Sans", sans-serif; margin: 10px 0 2px; padding: 0; }
.stHtml .parley-export ul { list-style: none; margin: 0; padding: 0; }
.parley-export li { margin: 2px 0; }
.parley-export button { font: inherit; color: var(--parley-accent); background: none; border: 0; padding: 0; text-decoration: underline; cursor: pointer; }
.parley-export [role=status] { min-height: 1.4em; margin: 8px 0 0; color: var(--parley-text2); }
.st-key-timeline-spans { gap: 0 18px; flex-wrap: wrap; }
.st-key-timeline-spans button { min-height: 28px; padding: 0; color: var(--parley-accent); }
.parley-event { border-top: 2px solid var(--parley-ink); padding-top: 8px; }
.parley-event .facts { margin: 0; font-size: 0.85rem; font-weight: 600; color: var(--parley-muted); }
.parley-event h2 { font: 600 1.41rem/1.25 "Source Serif", serif; margin: 4px 0 6px; padding: 0; }
.parley-event h3 { font: 600 1.06rem "Source Sans", sans-serif; margin: 14px 0 4px; padding: 0; }
.parley-event h4 { font: 600 0.94rem "Source Sans", sans-serif; margin: 0 0 2px; padding: 0; color: var(--parley-text2); }
.parley-event p { margin: 6px 0; }
.stHtml .parley-event ul { list-style: none; margin: 0; padding: 0; }
.parley-event li { margin: 0; padding: 2px 0; font-size: 0.94rem; line-height: 1.35; }
.parley-event li span { color: var(--parley-muted); font-size: 0.88rem; display: block; }
.stHtml .parley-event .chips { display: flex; flex-wrap: wrap; gap: 6px; margin: 6px 0; }
.parley-event .chips li { border: 1px solid var(--parley-border); padding: 1px 8px; font-size: 0.85rem; }
.parley-event .sides { display: grid; gap: 10px 16px; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); }
.parley-event section { padding-left: 10px; }
.parley-event blockquote { margin: 8px 0 2px; padding: 0; border: 0; font: 1.12rem/1.35 "Source Serif", serif; }
.parley-event .dated li { border-bottom: 1px solid var(--parley-rule); }
.parley-sources li { font-size: 0.88rem; }
.parley-list-head { font-weight: 600; margin: 14px 0 4px; }
.stHtml ol.parley-events { list-style: none; margin: 0; padding: 0; }
.parley-events > li { display: grid; grid-template-columns: 11.5rem 1fr; gap: 4px 16px; margin: 0; padding: 8px 0; border-bottom: 1px solid var(--parley-rule); }
.parley-events .when { color: var(--parley-text2); }
.parley-events .facts { display: block; color: var(--parley-muted); font-size: 0.88rem; }
.parley-figures { display: grid; gap: 16px 24px; grid-template-columns: repeat(3, minmax(0, 1fr)); }
.parley-figures a, .parley-dated a, .parley-more a { color: var(--parley-accent); }
.parley-figures .source a { overflow-wrap: anywhere; }
.parley-dated h2 { font-family: "Source Serif", serif; font-weight: 600; font-size: 1.42rem; padding: 0.3rem 0 0.1rem; margin: 0; }
.st-key-changes { padding-top: 14px; }
.parley-changes { columns: 30rem; column-gap: 40px; }
.parley-changes section { break-inside: avoid; padding-bottom: 18px; }
.parley-changes h3 { font: 600 1.05rem/1.3 "Source Serif", serif; margin: 0; padding: 4px 0 6px; border-bottom: 2px solid var(--parley-ink); }
.parley-changes h3 span { color: var(--parley-muted); font-weight: 400; }
.parley-changes summary { cursor: pointer; padding: 8px 0; color: var(--parley-accent); }
.parley-changes .parley-table { margin-top: 10px; }
.parley-since { color: var(--parley-text2); max-width: 60rem; }
.parley-since a { color: var(--parley-accent); }
.stHtml .parley-dated ul, .stHtml .parley-more ul { list-style: none; margin: 0; padding: 0; }
.parley-dated li { display: grid; grid-template-columns: 5.2rem 1fr; gap: 10px; margin: 0; padding: 8px 0; border-bottom: 1px solid var(--parley-rule); line-height: 1.35; }
.parley-dated .when { color: var(--parley-text2); font-size: 0.94rem; }
.parley-dated p { margin: 2px 0 0; color: var(--parley-text2); font-size: 0.88rem; }
.stHtml .parley-more ul { display: flex; flex-wrap: wrap; gap: 6px 28px; border-top: 1px solid var(--parley-rule); padding-top: 12px; }
.parley-more li { margin: 0; }
.stHtml ul.parley-columns { columns: 15rem; padding-left: 1.1rem; }
.st-key-methods { max-width: 50rem; }
.st-key-register .parley-table td:first-child, .st-key-register .parley-table td:nth-child(6) { white-space: nowrap; }
.st-key-register .parley-table td:nth-child(2) { max-width: 15rem; }
.parley-mark.parley-mark { display: inline-block; flex: 0 0 15px; width: 15px; height: 15px; margin-top: 3px; box-sizing: border-box; border: 2px solid var(--parley-ink); border-radius: 50%; background: none; }
.parley-mark.supported, .parley-mark.prediction_met { background: var(--parley-ink); }
.parley-mark.partly_supported { background: linear-gradient(90deg, var(--parley-ink) 50%, transparent 50%); }
.parley-mark.contradicted, .parley-mark.prediction_failed { background: linear-gradient(45deg, transparent calc(50% - 1px), var(--parley-ink) calc(50% - 1px) calc(50% + 1px), transparent calc(50% + 1px)), linear-gradient(-45deg, transparent calc(50% - 1px), var(--parley-ink) calc(50% - 1px) calc(50% + 1px), transparent calc(50% + 1px)); }
.parley-mark.unverifiable { border-style: dashed; }
.parley-mark.prediction_met, .parley-mark.prediction_failed, .parley-mark.prediction_open { border-radius: 0; }
.parley-mark.not_assessed { border: 5px solid transparent; background: var(--parley-muted) content-box; border-radius: 50%; }
.stHtml ul.parley-claims { list-style: none; margin: 0; padding: 0; border-top: 2px solid var(--parley-ink); }
.parley-claims li { margin: 0; border-bottom: 1px solid var(--parley-rule); }
.parley-claims a { display: flex; gap: 12px; padding: 8px 8px; color: var(--parley-ink) !important; text-decoration: none; line-height: 1.35; }
.parley-claims a:hover strong { text-decoration: underline; }
.parley-claims a[aria-current] { background: var(--parley-selected); }
.parley-claims .text > * { display: block; }
.parley-claims strong { font-weight: 400; }
.parley-claims a[aria-current] strong { font-weight: 700; }
.parley-claims .text span { font-size: 0.88rem; color: var(--parley-text2); }
.parley-claims a[aria-current] .text span { color: var(--parley-ink); }
.parley-claim .kicker { font-size: 0.88rem; font-weight: 600; color: var(--parley-muted); margin: 0; }
.parley-claim h2 { font: 600 1.9rem/1.2 "Source Serif", serif; margin: 4px 0 6px; padding: 0; }
.parley-claim .stands, .parley-claim-method li { display: flex; gap: 10px; margin: 0; }
.parley-claim .stands { font-size: 1.1rem; line-height: 1.35; }
.parley-claim .stands span span { color: var(--parley-text2); }
.stHtml ul.parley-evidence { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--parley-rule); }
.parley-evidence li { margin: 0; padding: 6px 0; border-bottom: 1px solid var(--parley-rule); font-size: 0.94rem; line-height: 1.35; }
.parley-evidence li span { display: block; color: var(--parley-muted); font-size: 0.88rem; }
.st-key-claim-evidence td:last-child { white-space: nowrap; }
.parley-claim-method { max-width: 50rem; }
.stHtml .parley-claim-method ul { list-style: none; margin: 0; padding: 0; }
.parley-claim-method li { padding: 4px 0; }
[class*="st-key-statement-"] { border-top: 2px solid var(--parley-ink); padding-top: 10px; margin-top: 10px; }
[class*="st-key-statement-"] .parley-claim h2 { font-size: 1.42rem; }
@media (min-width: 1500px) { .parley-figures { grid-template-columns: repeat(6, minmax(0, 1fr)); } }
@media (max-width: 640px) {
  .parley-text .pair { grid-template-columns: minmax(0, 1fr); }
  .parley-figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 14px 18px; }
  .st-key-register .parley-table td:first-child { white-space: normal; }
  .parley-events > li { grid-template-columns: 1fr; }
  .stMainBlockContainer { padding: 3.75rem 16px 2rem; }
  .stAppToolbar { padding-left: 16px; }
  .stAppToolbar::before { margin-right: 8px; }
  .st-key-asof { margin: 0 -16px; padding: 6px 16px; width: calc(100% + 32px) !important; flex-wrap: wrap; }
  .stMainBlockContainer div:has(> .st-key-asof) { position: static; }
  .parley-complete { display: none; }
  .stHeading h1 { font-size: 1.45rem; }
  .parley-figure .value { font-size: 1.77rem; }
}
"""

# The slide show: a stage of 1920 × 1080 px, scaled to the window by CSS alone, so
# that nothing jumps. Its colours are the deck's, whatever the app's theme.
_SLIDES = """
@property --parley-stage { syntax: "\\3c length>"; inherits: true; initial-value: 1px; }
.st-key-deck-hidden, .st-key-edit, .st-key-slides, .st-key-slide, .stApp:has(.parley-slide) :is(header, .st-key-asof, .st-key-notices, [data-testid="stSkipToContent"]) { display: none !important; }
[class*="st-key-present-"] { position: fixed; inset: 0; z-index: 1000; width: auto !important; background: var(--parley-paper); color: var(--parley-ink); --parley-stage: min(100vw, 100dvh * 16 / 9); --parley-scale: tan(atan2(var(--parley-stage), 1920px)); --parley-left: calc((100vw - var(--parley-stage)) / 2); --parley-top: calc((100dvh - var(--parley-stage) * 9 / 16) / 2); overflow: hidden; }
.st-key-present-dark { color-scheme: dark; }
.st-key-present-light, .st-key-present-print { color-scheme: light; }
.st-key-present-print { --parley-paper: white; }
.parley-slide { position: absolute; overflow: hidden; width: 1920px; height: 1080px; left: var(--parley-left); top: var(--parley-top); transform-origin: 0 0; transform: scale(var(--parley-scale)); }
.st-key-stage [data-stale] { opacity: 1 !important; transition: none !important; }
.st-key-stage [data-testid="stElementToolbar"] { display: none; }
.st-key-stage [data-testid="stSkeleton"] { visibility: hidden; }
.parley-slide > * { position: absolute; }
.st-key-plot { position: absolute !important; max-width: none !important; left: calc(var(--parley-left) + var(--parley-stage) * var(--x) / 1920); top: calc(var(--parley-top) + var(--parley-stage) * var(--y) / 1920); }
.st-key-plot .stElementContainer { overflow: visible; }
.st-key-plot .js-plotly-plot { transform-origin: 0 0; transform: scale(calc(var(--scale) * var(--parley-scale))); }
.parley-slide :is(h1, h2, p, ul, li) { margin: 0; padding: 0; color: inherit; letter-spacing: normal; list-style: none; font-variant-numeric: normal; }
.parley-slide :is(h1, h2, p, li) { white-space: pre-wrap; overflow-wrap: anywhere; }
.parley-slide table { table-layout: fixed; border-collapse: collapse; line-height: 1.22; font-variant-numeric: normal; }
.parley-slide :is(th, td) { padding: var(--cell); text-align: left; vertical-align: top; font-weight: 400; border: 0; border-bottom: 1.5px solid var(--parley-rule); overflow-wrap: anywhere; }
.parley-slide th { font-weight: 600; }
.parley-slide thead th { color: var(--parley-text2); }
.st-key-strip { position: fixed; z-index: 2; left: 0; right: 0; bottom: 0; width: auto !important; justify-content: center; gap: 4px 14px; padding: 4px 16px; box-sizing: border-box; background: var(--parley-chip); border-top: 1px solid var(--parley-rule); opacity: 0; }
.st-key-strip:focus-within, .stMain:focus-visible .st-key-strip, .parley-awake .st-key-strip { opacity: 1; }
.st-key-strip > div { width: auto; flex: 0 0 auto; }
.st-key-strip button { color: var(--parley-ink) !important; background: none !important; }
.parley-of { margin: 0; color: var(--parley-text2); }
.parley-strip [data-step] { text-decoration: none !important; padding: 6px !important; min-width: 32px; }
.parley-strip { margin: 0 !important; display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 4px 18px; }
.st-key-strip .parley-strip :is(a, button) { font: inherit; color: var(--parley-accent) !important; padding: 6px 0; border: 0; text-decoration: underline; cursor: pointer; }
.parley-notes, .parley-keys { display: none; position: fixed; z-index: 1; color: var(--parley-ink); background: var(--parley-card); border: 1px solid var(--parley-border); padding: 14px 22px; box-sizing: border-box; font-size: 1.06rem; line-height: 1.45; }
.parley-notes { left: 0; right: 0; bottom: 0; max-height: 42dvh; overflow: auto; padding-bottom: 60px; }
.parley-keys { left: 50%; top: 50%; transform: translate(-50%, -50%); max-width: 94vw; }
.parley-noted .parley-notes, .parley-helped .parley-keys { display: block; }
.parley-notes :is(h2, h3), .parley-keys h2 { font: 600 1.18rem/1.3 "Source Sans", sans-serif; margin: 0; padding: 4px 0; }
.parley-notes h3 { font-size: 1rem; }
.parley-notes p { margin: 0 0 8px; max-width: 80ch; }
.stHtml .parley-notes ul { margin: 0; padding: 0 0 0 1.1rem; columns: 30rem; }
.parley-notes li { overflow-wrap: anywhere; }
.parley-notes a { color: var(--parley-accent); }
.parley-keys dl { display: grid; grid-template-columns: auto auto; gap: 4px 22px; margin: 6px 0 0; padding: 0; }
.parley-keys dt { margin: 0; font-weight: 600; }
.parley-keys dd { margin: 0; }
.parley-black::after { content: ""; position: fixed; inset: 0; z-index: 1002; background: black; cursor: none; }
.parley-said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.parley-outline { margin: 0; padding: 6px 0; display: grid; grid-template-columns: 1.4rem 6.6rem minmax(0, 1fr); gap: 0 8px; line-height: 1.3; }
.parley-outline > :only-child { grid-column: 2 / 4; }
.parley-outline span { color: var(--parley-text2); }
.st-key-present button { color: var(--parley-paper); }
@media print { .st-key-strip, .parley-notes, .parley-keys { display: none !important; } }
.st-key-outline > div { border-bottom: 1px solid var(--parley-rule); }
.st-key-outline > div > .stHtml .parley-outline { margin-left: 183px; }
[class*="st-key-row-"] { flex-wrap: nowrap; gap: 4px; }
[class*="st-key-row-"] > div { flex: 0 0 auto; }
[class*="st-key-row-"] > div:last-child { flex: 1 1 0; min-width: 0; }
[class*="st-key-row-"] button p { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (hover: none) { .st-key-strip { opacity: 1; } }
@media (max-aspect-ratio: 1) {
  [class*="st-key-present-"] { --parley-top: 0px; overflow: auto; gap: 0; }
  div:has(> .st-key-stage) { flex: 0 0 calc(var(--parley-stage) * 9 / 16); }
  .st-key-strip { position: static; opacity: 1; flex-wrap: wrap; }
  .parley-notes { position: static; max-height: none; padding: 14px 16px; border-width: 0; }
}
@media (max-width: 640px) {
  .st-key-outline > div > .stHtml .parley-outline { margin: 0; }
  [class*="st-key-row-"] { flex-wrap: wrap; padding: 4px 0; }
  [class*="st-key-row-"] > div:last-child { flex-basis: 100%; }
}
"""


@cache
def style(theme: Literal["light", "dark"]) -> str:
    """One style element: the palette as variables for both themes, then the rules.

    Streamlit sets `color-scheme` on the app's root by the theme in use, and
    `light-dark()` follows it. Popovers hang outside that root.
    """
    light, dark = SURFACE["light"], SURFACE["dark"]
    variables = "".join(
        f"--parley-{name}:light-dark({light[name]},{dark[name]});" for name in light
    )
    popovers = f'[data-testid="stPopoverBody"]{{color-scheme:{theme}}}'
    return (
        f"<style>:root{{{variables}}}{popovers}{_RULES}{_SLIDES}{PRINT_RULES}</style>"
    )
