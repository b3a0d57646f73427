from streams.naming import actor_level_name, country_name


def test_upper_levels_have_names_for_people() -> None:
    assert country_name("SDN") == "Sudan"
    assert actor_level_name("SDN.MIL") == "Sudan: military"
    assert actor_level_name("IGO") == "international organisations"


def test_an_unknown_code_stands_for_itself() -> None:
    assert country_name("QQQ") == "QQQ"
    assert actor_level_name("QQQ.ZZZ") == "QQQ: ZZZ"
