"""What reading keeps, removes and repairs in plain text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from streams.reading import Reading, read
from streams.records import Article, InvalidRecordError, Version

FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)
LEAD = (
    "Gunmen attacked a police station in the northern town of Maru on Tuesday, killing three officers, officials said."
)
SECOND = (
    "The army said it had sent two hundred soldiers to the area and closed the road to the border until further notice."
)


def reading(text: str | None = None, **given: str) -> Reading:
    return read(Article(fetched=FETCHED, text=text, **given), "a1", Version("2024", "0"))  # type: ignore[arg-type]


def kept(found: Reading) -> list[str]:
    return [paragraph.text for paragraph in found.document.paragraphs]


def reasons(found: Reading) -> dict[str, str]:
    return {found.text[cut.start : cut.end].strip(): cut.reason for cut in found.document.removed}


def article(*lines: str) -> str:
    return "\n\n".join(("Gunmen kill three officers in Maru", LEAD, *lines, SECOND))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Striker fumes at referee after cup defeat [LIVE BLOG]", "promo"),
        ("Read More: Ten recipes for the weekend", "promo"),
        ("ALSO READ | Singer 'destroys' rival in charts battle", "promo"),
        ("READ-ALSO: Ten recipes for the weekend", "promo"),
        ("Lire aussi : le match de dimanche", "promo"),
        ("Share this: Facebook X WhatsApp", "share"),
        ("Please enter your comment!", "comments"),
        ("Your email address will not be published. Required fields are marked *", "comments"),
        (
            "We use your sign-up to provide content in ways you have agreed to. You can unsubscribe at any time.",
            "signup",
        ),
        ("Subscribe to our evening briefing", "signup"),
        ("Open in full screen mode", "player"),
        ("- Advertisement -", "advertisement"),
        ("[ad_1]", "shortcode"),
        ('[newsletter_signup id="9"]', "shortcode"),
        ("PREV Storm leaves thousands without power", "navigation"),
        ("NEXT Winter games open", "navigation"),
        ("Source: Read Full Article", "navigation"),
        ("Email: [email\xa0protected]", "navigation"),
        ("Home » World » Africa", "navigation"),
        ("© 2024 The Example Post. Terms", "legal"),
        ("Copyright 2024. All rights reserved.", "legal"),
        ("By ANNA WRITER", "byline"),
        ("(Reporting by A. Writer; editing by B. Reader)", "byline"),
        ("This blog is now closed", "liveblog"),
        ("Good morning from London. I'm Ann and I'll bring you the latest.", "liveblog"),
        ("189", "number"),
        ("-", "separator"),
        ("?? ??", "separator"),
    ],
)
def test_boilerplate_is_removed_with_its_reason(line: str, reason: str) -> None:
    found = reading(article(line))
    assert kept(found) == ["Gunmen kill three officers in Maru", LEAD, SECOND]
    assert reasons(found) == {line: reason}


@pytest.mark.parametrize(
    "line",
    [
        "“We will not leave.”",
        "Nobody was hurt.",
        "Video of the attack was shown on state television.",
        "Sources in the ministry confirmed it.",
        "Share prices fell in the capital on Wednesday.",
        "By Monday the gunmen had left the town.",
        "The minister read more names from the list.",
        "Reuters could not verify the report.",
        "Newspapers from the capital reported the attack on their front pages.",
        "Written by the governor, the decree bans motorcycles.",
        "Next week the two sides meet again.",
        "Photographs showed burnt-out lorries.",
    ],
)
def test_short_real_sentences_stay(line: str) -> None:
    assert line in kept(reading(article(line)))


def test_a_list_of_towns_stays_and_is_no_list_of_headings() -> None:
    found = reading(article("Maru", "Anka", "Gusau", "Talata Mafara"))
    towns = found.document.paragraphs[2:6]
    assert [town.text for town in towns] == ["Maru", "Anka", "Gusau", "Talata Mafara"]
    assert {town.kind for town in towns} == {"body"}


def test_dates_head_a_chronology_but_one_date_on_top_goes() -> None:
    chronology = ("5 May 2023", "Rebels took Bama.", "6 May 2023", "The army retook Bama.")
    found = reading(article(*chronology))
    assert kept(found)[2:6] == list(chronology)
    assert [p.kind for p in found.document.paragraphs[2:6]] == ["heading", "body", "heading", "body"]
    dated = reading(f"Gunmen kill three officers in Maru\n\nTuesday, 14 May 2024 11:20 PM GMT\n\n{LEAD}\n\n{SECOND}")
    assert reasons(dated) == {"Tuesday, 14 May 2024 11:20 PM GMT": "timestamp"}


def test_an_interview_keeps_its_repeated_questions() -> None:
    lines = ("Q: And then?", "A: We ran.", "Q: And then?", "A: We hid.")
    assert kept(reading(article(*lines)))[2:6] == list(lines)


def test_related_articles_go_to_the_end() -> None:
    teasers = ("Related articles", "Star 'fumes' at fan", "She told followers: “It is a lot of...", "Shop opens")
    found = reading("\n\n".join(("Gunmen kill three officers in Maru", LEAD, SECOND, *teasers)))
    assert kept(found)[-1] == SECOND
    assert [reasons(found)[teaser] for teaser in teasers] == ["promo"] * 4


def test_a_section_in_the_middle_takes_only_its_teasers() -> None:
    found = reading(article("You might also like\nTen tips from experts\nGoals galore in derby"))
    assert kept(found) == ["Gunmen kill three officers in Maru", LEAD, SECOND]


def test_doubled_captions_stay_once() -> None:
    found = reading(article("A soldier’s post – north of Maru", "A soldier's post - north of Maru"))
    doubled = found.document.paragraphs[2]
    assert (doubled.text, doubled.kind) == ("A soldier’s post – north of Maru", "caption")
    assert reasons(found) == {"A soldier's post - north of Maru": "duplicate"}


def test_of_two_the_complete_one_stays() -> None:
    whole = "Women wait for water at a school in Maru that has become a shelter"
    found = reading(article("Women wait for water at a school in Maru that...", whole))
    assert whole in kept(found)
    assert list(reasons(found).values()) == ["duplicate"]


def test_a_repeated_paragraph_far_away_is_a_duplicate() -> None:
    found = reading(article(SECOND, "Nobody was hurt.", "One more.", "And one more.", "The last one."))
    assert kept(found).count(SECOND) == 1
    assert reasons(found) == {SECOND: "duplicate"}


def test_placeholders_and_label_captions() -> None:
    found = reading(article("?? ?? RUINS Smoke over Maru", "RUINS Smoke over Maru"))
    caption = found.document.paragraphs[2]
    assert (caption.text, caption.kind) == ("Ruins: Smoke over Maru", "caption")


def test_a_credit_makes_the_line_above_a_caption() -> None:
    found = reading(article("Soldiers stand guard in Maru.", "Photo: Example Agency / A. Name"))
    assert (found.document.paragraphs[2].text, found.document.paragraphs[2].kind) == (
        "Soldiers stand guard in Maru.",
        "caption",
    )


def test_foreign_leftovers_in_brackets_go_and_english_glosses_stay() -> None:
    found = reading(article("The forces [nord-coréennes] left the town [of Maru] with the emir [ruler] on Friday."))
    assert kept(found)[2] == "The forces left the town [of Maru] with the emir [ruler] on Friday."
    assert reasons(found) == {"[nord-coréennes]": "foreign"}


@pytest.mark.parametrize(
    ("raw", "repaired"),
    [
        ("RUSSIA is moving troops to the border.", "Russia is moving troops to the border."),
        ("NATO is moving troops to the border.", "NATO is moving troops to the border."),
        ("FAMILIES who fled are back.", "Families who fled are back."),
        (
            "REBELS IN RUSSIA AND NATO TROOPS CLASHED ON FRIDAY. More is unknown.",
            "Rebels in Russia and NATO troops clashed on Friday. More is unknown.",
        ),
        ("KYIV, May 3 - The city was calm.", "KYIV, May 3 - The city was calm."),
        ("They took our forcesMr. Karimov said on Friday.", "They took our forces. Mr. Karimov said on Friday."),
        ('"They shot at themNadia, a nurse, said.', '"They shot at them." Nadia, a nurse, said.'),
        ("They left their positions.Ukraine took the town.", "They left their positions. Ukraine took the town."),
        ("It was used by the armyhe added, without proof.", "It was used by the army, he added, without proof."),
        ("See express.co.uk/News.Html and iPhone users.", "See express.co.uk/News.Html and iPhone users."),
        ("The mayor\xa0said\u200b so  twice.", "The mayor said so twice."),
        ("They donâ€™t know.", "They don’t know."),
        ("A café in Málaga – closed.", "A café in Málaga – closed."),
    ],
)
def test_repairs(raw: str, repaired: str) -> None:
    assert repaired in kept(reading(article(raw)))


@pytest.mark.parametrize(
    "broken",
    [
        "They were fleeing by any means they\n\ncould on Friday.",
        "They were fleeing by any\nmeans they could on Friday.",
        "They were flee-\ning by any means they could on Friday.",
    ],
)
def test_broken_sentences_are_rejoined(broken: str) -> None:
    assert "They were fleeing by any means they could on Friday." in kept(reading(article(broken)))


def test_offsets_of_a_repair_point_into_the_raw_text() -> None:
    found = reading(article("They took our forcesMr. Karimov said."))
    number = kept(found).index("They took our forces. Mr. Karimov said.")
    at = kept(found)[number].index("Karimov")
    raw = found.raw(number, at)
    assert found.text[raw : raw + 7] == "Karimov"


def test_title_masthead_and_heading() -> None:
    found = reading(
        "The Daily Example\n\nGunmen kill three officers in Maru\n\nArmy sends men\n\n" + LEAD + "\n\n" + SECOND
    )
    assert [(p.kind, p.text) for p in found.document.paragraphs[:2]] == [
        ("title", "Gunmen kill three officers in Maru"),
        ("heading", "Army sends men"),
    ]
    assert reasons(found) == {"The Daily Example": "masthead"}
    assert found.document.title == "Gunmen kill three officers in Maru"


def test_a_title_given_apart_has_no_offsets_and_one_in_the_text_has() -> None:
    apart = reading(LEAD + "\n\n" + SECOND, title="Gunmen kill three").document.paragraphs[0]
    assert (apart.kind, apart.text, apart.start, apart.end) == ("title", "Gunmen kill three", None, None)
    inside = reading(article(), title="Gunmen kill three officers in Maru").document.paragraphs
    assert (inside[0].kind, inside[0].start) == ("title", 0)
    assert [paragraph.kind for paragraph in inside].count("title") == 1


def test_a_live_blog_is_split_into_entries() -> None:
    found = reading(
        f"Sahel LIVE: Three officers killed\n\n{LEAD}\n\n17.20\n\nRoad closed\n\n{SECOND}\n\n"
        "16.05\n\nCurfew in Maru\n\nA curfew has been imposed on Maru, the governor said."
    )
    assert [p.entry for p in found.document.paragraphs] == [0, 0, 1, 1, 1, 2, 2, 2]
    assert [p.kind for p in found.document.paragraphs[2:4]] == ["heading", "heading"]


def test_an_ordinary_article_has_one_entry() -> None:
    found = reading(article("What comes next", "Nobody knows."))
    assert {paragraph.entry for paragraph in found.document.paragraphs} == {0}
    assert found.document.paragraphs[2].kind == "heading"


def test_language_is_detected_and_the_hint_is_only_a_hint() -> None:
    assert reading(article(), language="fr").document.language == "en"
    spanish = (
        "La policía desbloqueó este miércoles con gases lacrimógenos la carretera que une las dos ciudades del sur."
    )
    found = reading(spanish, language="en")
    assert found.document.language == "es"
    assert kept(found) == [spanish]
    assert reading("Hola", language="es-BO").document.language == "es"


def test_signature_is_that_of_reprints_and_not_of_others() -> None:
    own = reading(article("Nobody was hurt.")).document.signature
    reprint = reading(article("Read More: Ten recipes", "Nobody was hurt.").replace("said", "Said")).document.signature
    other = reading(SECOND.replace("army", "navy").replace("road", "port") + " " + LEAD[::-1]).document.signature
    assert len(own) == 128
    assert all(0 <= value < 2**32 for value in own)
    assert own == reprint
    assert sum(a == b for a, b in zip(own, other, strict=True)) < 80


def test_cleaned_text_has_nothing_more_to_remove() -> None:
    noise = (
        "Read More: Ten recipes",
        "A post in Maru",
        "A post in Maru",
        "They took our forcesMr. Karimov said.",
        "189",
    )
    first = reading(article(*noise))
    second = reading("\n\n".join(kept(first)))
    assert second.document.removed == ()
    assert kept(second) == kept(first)


@pytest.mark.parametrize("text", ["", "  \n\u200b\n ", None, "[ad_1]\n\n- Advertisement -"])
def test_empty_text_is_refused(text: str | None) -> None:
    with pytest.raises(InvalidRecordError) as refused:
        reading(text)
    assert refused.value.reason == "empty-text"


@pytest.mark.parametrize("text", ["\x00\x01\x02\x03abc", "%PDF-1.7 stream of bytes"])
def test_binary_is_refused(text: str) -> None:
    with pytest.raises(InvalidRecordError) as refused:
        reading(text)
    assert refused.value.reason == "binary"
