"""What each text says on each issue, what each party stated, which text follows which.

Terms and statements are this project's own summaries, so a comparison finds where
two summaries differ; it weighs nothing and asks nothing about whom a term suits.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.dataset import Dataset
from data.words import ids

DEFAULT_ISSUE = "armed-forces-size"

# A changed term is marked word by word only where the two summaries share this
# much of their words (difflib's ratio); below it every word would be marked.
_AKIN = 0.4

Marked = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Compared:
    """One issue in two texts. `change` is one of `CHANGES`; a term that a text does
    not have is ''. The marks cut each term into runs of words, True where they
    differ from the other's."""

    issue_id: str
    issue: str
    first: str
    second: str
    change: str
    first_marks: Marked
    second_marks: Marked
    first_sources: str
    second_sources: str


# Between a text and one that follows it a term is changed, added or dropped;
# between any other two it differs, or stands in one of them only.
CHANGES = (
    "same wording",
    "changed",
    "added",
    "dropped",
    "differs",
    "only first",
    "only second",
)


def issues(data: Dataset) -> pd.DataFrame:
    """The issues in the matrix's order: issue_id, name, short_name, issue_group,
    group (its label), description."""
    labels = data.labels("issues", "issue_group")
    rows = data["issues"].sort_values("rank", ignore_index=True)
    return rows.assign(group=rows["issue_group"].map(labels))


def texts(data: Dataset, authors: Sequence[str] = ()) -> pd.DataFrame:
    """The texts by date, those with any of these authors (ids of actors).

    Adds `authors`, a tuple of names; `sides`, a tuple of their sides, each once;
    `terms`, the number of issues it has terms on; `late`, whether its content
    became public after its date.
    """
    rows = data["proposals"].sort_values("date", kind="stable")
    if authors:
        wanted = set(authors)
        rows = rows[[not wanted.isdisjoint(ids(a)) for a in rows["author_ids"]]]
    who = [ids(value) for value in rows["author_ids"]]
    terms = data["proposal_terms"]["proposal_id"].value_counts()
    return rows.assign(
        authors=[tuple(data.names[i] for i in each) for each in who],
        sides=[tuple(dict.fromkeys(data.sides[i] for i in each)) for each in who],
        terms=rows["proposal_id"].map(terms).fillna(0).astype(int),
        late=rows["public_from"].notna(),
    ).reset_index(drop=True)


def authors(data: Dataset) -> list[str]:
    """The ids of all authors of texts known by then, by name."""
    found = {i for value in data["proposals"]["author_ids"] for i in ids(value)}
    return sorted(found, key=lambda i: data.names[i])


def terms(data: Dataset, text: str) -> pd.DataFrame:
    """The terms of one text in the matrix's order: issue_id, issue, term, source_ids."""
    rows = data["proposal_terms"]
    rows = rows[rows["proposal_id"] == text].drop(columns="proposal_id")
    order = issues(data)[["issue_id", "name"]].rename(columns={"name": "issue"})
    return order.merge(rows, on="issue_id")


def compared(data: Dataset, first: str, second: str) -> tuple[Compared, ...]:
    """Two texts issue by issue; issues on which both are silent are left out."""
    sides = [terms(data, text).set_index("issue_id") for text in (first, second)]
    follows = descends(data, first, second)
    rows = []
    for issue_id, issue in issues(data)[["issue_id", "name"]].itertuples(index=False):
        said = [side["term"].get(issue_id, "") for side in sides]
        if any(said):
            marks = word_marks(*said)
            rows.append(
                Compared(
                    issue_id, issue, *said, _change(*said, follows), *marks,
                    *(side["source_ids"].get(issue_id, "") for side in sides),
                )
            )  # fmt: skip
    return tuple(rows)


def _change(first: str, second: str, follows: bool) -> str:
    if first == second:
        return "same wording"
    if first and second:
        return "changed" if follows else "differs"
    if follows:
        return "dropped" if first else "added"
    return "only first" if first else "only second"


def word_marks(first: str, second: str) -> tuple[Marked, Marked]:
    """Both terms as runs of words, True where a run differs from the other term.

    Punctuation is not compared. Terms with little in common are one run each, unmarked: the word 'changed'
    says it better than a line through everything. So is a term that stands alone.
    """
    a, b = first.split(), second.split()
    bare = ([word.strip(".,;:") for word in words] for words in (a, b))
    match = difflib.SequenceMatcher(None, *bare, autojunk=False)
    if not a or not b or match.ratio() < _AKIN:
        return tuple(((text, False),) if text else () for text in (first, second))
    runs: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for kind, i, j, k, m in match.get_opcodes():
        for side, words in zip(runs, (a[i:j], b[k:m]), strict=True):
            if words:
                side.append((" ".join(words), kind != "equal"))
    return tuple(runs[0]), tuple(runs[1])


def succession(data: Dataset) -> pd.DataFrame:
    """The recorded steps from a text to one that replaces or edits it: `old`, `new`
    (ids), in order of the newer text's date. Both are known by then."""
    rows = data["proposals"].sort_values("date", kind="stable")
    rows = rows[rows["supersedes_id"].isin(rows["proposal_id"])]
    return pd.DataFrame({"old": rows["supersedes_id"], "new": rows["proposal_id"]})


def descends(data: Dataset, old: str, new: str) -> bool:
    """Whether `new` follows `old`, at once or by other texts between them."""
    before = dict(succession(data)[["new", "old"]].itertuples(index=False))
    while new in before:
        new = before[new]
        if new == old:
            return True
    return False


def lineages(data: Dataset) -> list[list[str]]:
    """The lines of succession, the earliest first: ids of texts in order of date.

    A line holds every text that descends from one first text, branches included.
    """
    rows = texts(data)
    before = dict(succession(data)[["new", "old"]].itertuples(index=False))
    lines: dict[str, list[str]] = {}
    for text in rows["proposal_id"]:
        root = text
        while root in before:
            root = before[root]
        lines.setdefault(root, []).append(text)
    return [line for line in lines.values() if len(line) > 1]


def history(data: Dataset, issue: str) -> pd.DataFrame:
    """Everything dated that was said on one issue, by date.

    Columns: `date`; `kind`, 'statement' by a party or 'term' of a text; `who`, the
    party's or the text's name; `lane`, the party's id or 'texts'; `side`, the
    party's, or of the text's first author; `said`; `text` (id of the text or '');
    `source_ids`. Parties speak before texts on the same day.
    """
    said = data["positions"]
    said = said[said["issue_id"] == issue]
    statements = pd.DataFrame(
        {
            "date": said["date"],
            "kind": "statement",
            "who": said["actor_id"].map(data.names),
            "lane": said["actor_id"],
            "side": said["actor_id"].map(data.sides),
            "said": said["stance"],
            "text": "",
            "source_ids": said["source_ids"],
        }
    )
    held = data["proposal_terms"]
    held = held[held["issue_id"] == issue].merge(
        texts(data)[["proposal_id", "short_title", "date", "sides"]], on="proposal_id"
    )
    of_texts = pd.DataFrame(
        {
            "date": held["date"],
            "kind": "term",
            "who": held["short_title"],
            "lane": "texts",
            "side": held["sides"].str[0],
            "said": held["term"],
            "text": held["proposal_id"],
            "source_ids": held["source_ids"],
        }
    )
    rows = pd.concat([statements, of_texts], ignore_index=True)
    return rows.sort_values(["date", "kind"], kind="stable", ignore_index=True)
