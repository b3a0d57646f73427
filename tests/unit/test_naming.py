from streams.naming import country_name, known_name


def test_levels_and_organisations_have_names_for_people() -> None:
    assert country_name("SDN") == "Sudan"
    assert known_name("SDN.MIL") == "Sudan: military"
    assert known_name("IGO") == "international organisations"
    assert known_name("IGO.eu") == "European Union"


def test_what_the_lexicon_lacks_has_no_name() -> None:
    assert country_name("QQQ") == "QQQ"
    assert known_name("QQQ.ZZZ") is None
    assert known_name("SDN.GOV.somebody") is None
