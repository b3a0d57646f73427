"""Parties that the deed and its place tell, though no phrase names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pycountry
from spacy.tokens import Token

from streams.coding.match import Match
from streams.coding.raw import RawText
from streams.coding.scene import Scene
from streams.coding.where_when import Where
from streams.records import Party

CROWDS = {"worker": "LAB", "miner": "LAB", "driver": "LAB", "union": "LAB", "trucker": "LAB", "transporter": "LAB",
          "farmer": "AGR", "student": "EDU", "teacher": "EDU",
          "journalist": "JRN", "doctor": "MED", "nurse": "MED"}  # fmt: skip


def country_name(code: str) -> str:
    """The usual English name of an ISO 3166 alpha-3 code; the code where it has none."""
    found = pycountry.countries.get(alpha_3=code)
    return str(getattr(found, "common_name", found.name)) if found is not None else code


def settled(found: Sequence[Party], where: Where | None) -> list[Party]:
    """Roles of an unknown country ("police") belong to the country where it happened."""
    if where is None or where.found.place.country in {"", "UNK", "INT"}:
        return list(found)
    country = where.found.place.country
    return [replace(p, id=country + p.id[3:]) if p.id.startswith("UNK.") and p.via == "role" else p for p in found]


def victims(actors: Sequence[Party], recipients: Sequence[Party], where: Where | None) -> list[Party]:
    """People hit by another country's forces belong to the country where they were hit, not to the attacker's."""
    if where is None or where.found.place.country in {"", "UNK", "INT"}:
        return list(recipients)
    country = where.found.place.country
    attackers = {p.id.split(".")[0] for p in actors} - {country}
    return [
        replace(p, id=country + p.id[3:]) if p.via == "role" and p.id.split(".")[0] in attackers else p
        for p in recipients
    ]


def harmed_country(scene: Scene, match: Match, where: Where | None, raw: RawText) -> list[Party]:
    """The country of the place that was hit, visited or supplied; its civilians if the text says so."""
    for head in (*match.recipients, *match.objects):
        found = scene.place(head)
        if found is not None and found.place.country not in {"", "UNK", "INT"}:
            sector = "GOV" if match.outcome.type == "CONSULT" else ""
            return [of_country(scene, head, found.place.country, sector, raw)]
    if match.outcome.type != "ASSAULT" or where is None or where.nearness < 2:
        return []
    country = where.found.place.country
    if country in {"", "UNK", "INT"}:
        return []
    civilian = any(scene.fits(head, "@people") for head in match.recipients) and any(
        core.lemma_.lower() in scene.lexicon.harm["civilian.word"]
        for head in match.recipients
        for core in scene.cores(head)
    )
    head = match.recipients[0] if match.recipients else match.trigger
    return [of_country(scene, head, country, "CVL" if civilian else "", raw)]


def acting_crowd(scene: Scene, match: Match, where: Where | None, raw: RawText) -> list[Party]:
    """Those who protest, as people of the country where they do."""
    if where is None or where.found.place.country in {"", "UNK", "INT"}:
        return []
    for head in match.actors:
        for core in scene.cores(head):
            lemma = core.lemma_.lower()
            if lemma in CROWDS or any(scene.fits(core, kind) for kind in ("@people", "@crowdpeople", "@workers")):
                return [of_country(scene, core, where.found.place.country, CROWDS.get(lemma, "CVL"), raw)]
    return []


def demonstrated_against(scene: Scene, match: Match, where: Where | None, raw: RawText) -> list[Party]:
    """A protest against something that is no party is one against the government of the country."""
    if where is None or where.found.place.country in {"", "UNK", "INT"} or not match.recipients:
        return []
    return [of_country(scene, match.recipients[0], where.found.place.country, "GOV", raw)]


def of_country(scene: Scene, head: Token, country: str, sector: str, raw: RawText) -> Party:
    """A party known only by its country and sector."""
    start, end = raw.span(scene, head.idx, head.idx + len(head))
    id_ = f"{country}.{sector}" if sector else country
    return Party(id_, country_name(country), head.text, start, end, "country")
