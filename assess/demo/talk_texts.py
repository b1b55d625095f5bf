"""What the two of a talk have written in the demo. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass

from assess.talks.types import AgreementKind, AgreementOwner, AgreementStatus, PreparationTexts
from questionnaires.definition import LanguageId


@dataclass(frozen=True, slots=True)
class AgreementInDemo:
    """`due`: days after the talk. `status`: what has become of it since."""

    kind: AgreementKind
    what: str
    first_step: str
    help_needed: str
    owner: AgreementOwner
    due: int
    seen_by: str
    status: AgreementStatus = "open"


@dataclass(frozen=True, slots=True)
class TextsInDemo:
    place: str
    person: PreparationTexts
    holder: PreparationTexts
    note: str
    agreements: tuple[AgreementInDemo, ...]


_DANISH = (
    TextsInDemo(
        place="Mødelokalet over butikken",
        person=PreparationTexts(
            strengths="Jeg får kunderne til at føle sig set, også når der er kø. Jeg holder styr på "
            "bestillingerne til weekenden.",
            wishes="Jeg vil gerne være med til at lægge vagtplan og lære, hvordan vi regner spildet ud.",
            obstacles="Lørdage med to på arbejde. Så når vi ikke at rydde op, før de næste møder.",
            questions="Hvad skal der til, for at jeg kan åbne butikken alene?",
        ),
        holder=PreparationTexts(
            strengths="Rolig i travle timer. Siger det straks, når noget mangler.",
            wishes="At du tager imod den næste elev de første to uger.",
            obstacles="Jeg har været lidt på gulvet i foråret, så du har manglet svar.",
            questions="Hvilken del af dagen vil du helst have ansvaret for?",
        ),
        note="Husk at spørge til lørdagene først. Fortæl om åbningsnøglen.",
        agreements=(
            AgreementInDemo(
                "professional",
                "Åbne butikken alene to morgener om ugen",
                "Gå med til åbningen fire gange og føre tjeklisten",
                "Nøgle og kode til alarmen",
                "person",
                60,
                "Tjeklisten er udfyldt, og ingen har måttet ringe",
                "done",
            ),
            AgreementInDemo(
                "behavioural",
                "Tage imod den nye elev og give en ting at øve hver dag",
                "Skrive fem ting ned, som man skal kunne efter den første uge",
                "En fast halv time om tirsdagen",
                "both",
                175,
                "Eleven kan sige, hvad der skal øves i denne uge",
                "under-way",
            ),
            AgreementInDemo(
                "personal",
                "Få talt om bemandingen om lørdagen, før den slider",
                "Skrive tre lørdage op: hvor mange kunder, hvor mange hænder",
                "At det kommer på dagsordenen på butiksmødet",
                "holder",
                110,
                "Der er en vagtplan for lørdage, som begge kan stå inde for",
            ),
        ),
    ),
    TextsInDemo(
        place="Mødelokalet over butikken",
        person=PreparationTexts(
            strengths="Jeg har lært disken at kende på få måneder, og jeg kan svare på, hvad der er i hvert "
            "brød.",
            wishes="Jeg vil gerne prøve at bestille varer, først sammen med en, der kan det.",
            obstacles="Kagebestillinger står tre forskellige steder, så jeg leder tit, mens kunden venter.",
            questions="Hvornår skal jeg spørge, og hvornår må jeg selv bestemme?",
        ),
        holder=PreparationTexts(
            strengths="Imødekommende ved disken. Lærer hurtigt og spørger i tide.",
            wishes="At du tager dig af kagebestillingerne til weekenden.",
            obstacles="Du har gået med mange forskellige, så svarene har ikke altid været ens.",
            questions="Hvad har du mest brug for at få vist?",
        ),
        note="Sig tak for hjælpen i de travle weekender. Spørg, hvem der er god at lære bestillingerne af.",
        agreements=(
            AgreementInDemo(
                "professional",
                "Tage imod og bestille kager til weekenden",
                "Gøre det sammen med en kollega de næste tre onsdage",
                "Adgang til bestillingslisten",
                "person",
                50,
                "Tre weekender, hvor kagerne passer til bestillingerne",
                "done",
            ),
            AgreementInDemo(
                "behavioural",
                "Skrive alle kagebestillinger ét sted og læse dem højt, når vagten skifter",
                "Lægge én bog bag kassen og føre de løse sedler ind i den",
                "At alle på vagterne bruger bogen",
                "both",
                165,
                "Ingen kunde venter, mens vi leder efter en bestilling",
                "under-way",
            ),
            AgreementInDemo(
                "personal",
                "Få en fast kollega at gå med den første time på dagen",
                "Se på vagtplanen for de næste fire uger sammen",
                "",
                "holder",
                120,
                "Det samme navn står ved siden af i vagtplanen tre dage om ugen",
            ),
        ),
    ),
)

_SWEDISH = (
    TextsInDemo(
        place="Lilla rummet bakom butiken",
        person=PreparationTexts(
            strengths="Jag kan svara på det mesta som kunderna frågar om brödet, och jag hjälper till när "
            "det blir kö.",
            wishes="Jag vill lära mig mer om beställningarna.",
            obstacles="Vi får veta för sent när sortimentet ändras.",
            questions="Hur vill du att jag säger till när något tar slut?",
        ),
        holder=PreparationTexts(
            strengths="Vänlig och noggrann. Kollegorna frågar dig om råd.",
            wishes="Att du tar hand om beställningen på torsdagar.",
            obstacles="Schemat har ändrats många gånger under hösten.",
            questions="Vad behöver du för att känna dig trygg med beställningen?",
        ),
        note="Ge ett konkret exempel från förra veckan.",
        agreements=(
            AgreementInDemo(
                "professional",
                "Göra torsdagens beställning själv",
                "Göra den tillsammans två gånger och skriva ner stegen",
                "Inloggning till beställningssystemet",
                "person",
                45,
                "Tre torsdagar i rad utan att något saknas på fredagen",
                "done",
            ),
            AgreementInDemo(
                "behavioural",
                "Säga till samma dag när en vara håller på att ta slut",
                "Hänga en lapp vid kassan med det som ska fyllas på",
                "",
                "both",
                170,
                "Lappen används varje dag i två veckor",
                "under-way",
            ),
        ),
    ),
    TextsInDemo(
        place="Lilla rummet bakom butiken",
        person=PreparationTexts(
            strengths="Jag håller ordning i butiken, och jag hinner prata med dem som kommer ofta.",
            wishes="Jag vill vara med och lära upp nästa som börjar.",
            obstacles="På morgonen är vi två om tre saker, så brödet kommer fram sent.",
            questions="Vad kan jag bestämma när du inte är på plats?",
        ),
        holder=PreparationTexts(
            strengths="Pålitlig på morgnarna. Märker när en kollega behöver en hand.",
            wishes="Att du visar nästa nya kollega hur vi öppnar.",
            obstacles="Jag har sagt olika saker om vad som ska vara klart när vi öppnar.",
            questions="Vad behöver vara klart före klockan åtta, och vad kan vänta?",
        ),
        note="Börja med morgnarna. Säg att jag har varit otydlig.",
        agreements=(
            AgreementInDemo(
                "professional",
                "Öppna butiken och ha brödet framme före klockan åtta",
                "Skriva ner morgonens steg och stryka två som kan vänta",
                "Att brödet är packat kvällen innan",
                "person",
                40,
                "Tio morgnar i rad med allt framme när dörren öppnas",
                "done",
            ),
            AgreementInDemo(
                "behavioural",
                "Visa nästa nya kollega en sak i taget och sedan låta kollegan göra den",
                "Välja fem saker för första veckan tillsammans",
                "Att vi går samma pass de två första veckorna",
                "both",
                168,
                "Den nya kollegan kan stänga kassan själv efter två veckor",
                "under-way",
            ),
        ),
    ),
)

TEXTS: dict[LanguageId, tuple[TextsInDemo, ...]] = {"da": _DANISH, "sv": _SWEDISH}
"""What the first of a leader's people and the leader have written, then the second: no two have the same."""
