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


TEXTS: dict[LanguageId, TextsInDemo] = {
    "da": TextsInDemo(
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
    "sv": TextsInDemo(
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
}
