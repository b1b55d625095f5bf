"""The fictional bakery chain Korn & Havn: its shops, its people, what they do. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.definition import LanguageId

ORGANISATION = "Korn & Havn"
MAIL_DOMAIN = "kornoghavn.example"


@dataclass(frozen=True, slots=True)
class AreaInDemo:
    key: str
    da: str
    sv: str
    en: str

    @property
    def names(self) -> dict[LanguageId, str]:
        return {"da": self.da, "sv": self.sv, "en": self.en}


@dataclass(frozen=True, slots=True)
class UnitInDemo:
    """`people` are "first name surname"; the first leads the others. `areas`: what is done there. `jobs`:
    what the leader is called, and the others."""

    key: str
    name: str
    parent: str | None
    language: LanguageId
    people: tuple[str, ...]
    areas: tuple[str, ...]
    jobs: tuple[str, str]


AREAS = (
    AreaInDemo("bread", "Bage brød", "Baka bröd", "Baking bread"),
    AreaInDemo(
        "pastry", "Lave kager og wienerbrød", "Baka kakor och wienerbröd", "Making cakes and pastries"
    ),
    AreaInDemo("customers", "Betjene kunder", "Betjäna kunder", "Serving customers"),
    AreaInDemo("shop", "Åbne og lukke butikken", "Öppna och stänga butiken", "Opening and closing the shop"),
    AreaInDemo("orders", "Bestille varer", "Beställa varor", "Ordering goods"),
    AreaInDemo("delivery", "Pakke og køre varer ud", "Packa och köra ut varor", "Packing and delivering"),
    AreaInDemo("learning", "Lære nye kolleger op", "Lära upp nya kollegor", "Training new colleagues"),
    AreaInDemo("rota", "Lægge vagtplan", "Lägga schema", "Planning the rota"),
    AreaInDemo("accounts", "Føre regnskab", "Sköta bokföringen", "Keeping the accounts"),
)

UNITS = (
    UnitInDemo("chain", ORGANISATION, None, "da", ("Karen Holm",), ("rota", "orders"), ("Direktør", "")),
    UnitInDemo(
        "bakery",
        "Bageriet på Refshaleøen",
        "chain",
        "da",
        (
            "Jonas Bruun",
            "Amina Yusuf",
            "Mikkel Toft",
            "Signe Dahl",
            "Rasmus Lykke",
            "Agnieszka Nowak",
            "Emil Krogh",
            "Freja Winther",
            "Omar Haddad",
            "Lone Skov",
        ),
        ("bread", "pastry", "delivery", "learning"),
        ("Bagerimester", "Bager"),
    ),
    UnitInDemo(
        "norrebro",
        "Butik Nørrebro",
        "chain",
        "da",
        (
            "Mette Frost",
            "Laura Bjerre",
            "Yusuf Demir",
            "Clara Munk",
            "Anton Storm",
            "Ida Juhl",
            "Hassan Farah",
            "Sofie Ravn",
        ),
        ("customers", "shop", "orders", "pastry"),
        ("Butikschef", "Butiksassistent"),
    ),
    UnitInDemo(
        "aarhus",
        "Butik Aarhus Ø",
        "chain",
        "da",
        (
            "Thomas Vang",
            "Julie Bang",
            "Malthe Kjær",
            "Nadia Rahimi",
            "Oliver Lund",
            "Kirstine Bech",
            "Peter Dam",
            "Victoria Friis",
        ),
        ("customers", "shop", "orders", "learning"),
        ("Butikschef", "Butiksassistent"),
    ),
    UnitInDemo(
        "malmo",
        "Butik Malmö",
        "chain",
        "sv",
        (
            "Elin Sandström",
            "Axel Berglund",
            "Leila Karimi",
            "Gustav Ek",
            "Maja Nyström",
            "Ali Hosseini",
            "Astrid Wallin",
            "Nils Åberg",
            "Ebba Lindqvist",
        ),
        ("customers", "shop", "bread", "orders"),
        ("Butikschef", "Butiksmedarbetare"),
    ),
    UnitInDemo(
        "office",
        "Kontor og lager",
        "chain",
        "da",
        ("Henrik Lind", "Birgit Holst", "Dorte Nygaard", "Samir Aziz", "Kasper Riis"),
        ("accounts", "orders", "delivery", "rota"),
        ("Kontorchef", "Kontor- og lagermedarbejder"),
    ),
    UnitInDemo(
        "coffee",
        "Kaffevognen",
        "norrebro",
        "da",
        ("Johan Mørk", "Stine Kjeldsen", "Ahmed Saleh"),
        ("customers", "shop", "orders"),
        ("Daglig leder", "Barista"),
    ),
)
"""44 people as they are now: the leader of a unit leads the leaders of the units right beneath. The coffee
cart has too few for figures of its own."""

JOINED = frozenset({"Ebba Lindqvist"})
"""Who has come since the earlier wave."""
LEFT = {"Bent Kofoed": "bakery"}
"""Who has left since the earlier wave, and where they were."""
MOVED = {"Victoria Friis": "norrebro"}
"""Who has moved since the earlier wave, and where they were."""

ADMINISTRATOR = "Birgit Holst"
"""Who administers the chain."""
MANAGER = "Mette Frost"
"""A leader of two units, one of them small."""
SWEDISH_MANAGER = "Elin Sandström"
COACH = "Dorte Nygaard"
REPRESENTATIVE = "Omar Haddad"

CAMPAIGN = "Udviklingssamtaler"
PURPOSE = (
    "Vi bruger svarene til udviklingssamtalen mellem dig og din nærmeste leder: hvad du er god til, hvad du "
    "gerne vil lære, og hvilken støtte der hjælper. De bruges ikke til løn, udvælgelse eller afskedigelse."
)
"""What the demo's campaign says that it is for."""

SPEAKS_ENGLISH = frozenset({"Agnieszka Nowak", "Samir Aziz"})

REMARKS: dict[LanguageId, tuple[str, ...]] = {
    "da": (
        "Jeg vil gerne lære at passe stenovnen.",
        "Vi mangler tid til at rydde op sammen om aftenen.",
        "Det går bedst, når vi aftaler dagen om morgenen.",
    ),
    "sv": (
        "Jag vill gärna lära mig mer om surdeg.",
        "Det fungerar bäst när vi går igenom dagen tillsammans.",
    ),
    "en": ("I would like to try the early shift.",),
}
"""What people in the demo write into free text."""
