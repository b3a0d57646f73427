"""What becomes of a promise or an announcement: the type follows from what is promised."""

from __future__ import annotations

from streams.records import EventType

ARREST = frozenset({"arrest"})
EXPELLING = frozenset({"expel", "deport"})


def committed(promised: EventType, mode: str) -> tuple[EventType, str] | None:
    """Type and mode of saying that one will do this; None where saying so is no deed."""
    if promised == "ASSAULT":
        return "THREATEN", "territory" if mode == "territory" else "violence"
    if promised in {"SANCTION", "COERCE"}:
        return "THREATEN", "arrest" if mode in ARREST else "expel" if mode in EXPELLING else "restrict"
    if promised in {"RETREAT", "CONCEDE"}:
        return "CONCEDE", ""
    if promised in {"AID", "COOPERATE", "AGREE", "SUPPORT", "CONSULT", "REQUEST"}:
        return "AGREE", ""
    return None


def refused_deed(denied: EventType, mode: str) -> tuple[EventType, str] | None:
    """Type and mode of saying that one will not do this: a refusal of what another could want; None for other deeds."""
    if denied == "CONSULT":
        return "REJECT", "meet"
    if denied in {"RETREAT", "CONCEDE"}:
        return "REJECT", "change" if mode == "resign" else "yield"
    if denied in {"AID", "COOPERATE"}:
        return "REJECT", "assist"
    return ("REJECT", "change") if denied in {"AGREE", "SUPPORT"} else None
