"""Several stances in one passage, and none, in the wordings of many answers; all invented."""

import pytest

from analysis.stance import read_stance

SENTENCES = [
    (
        "Myndigheten har inga invändningar mot förslaget i sig men efterlyser en analys "
        "av kostnaderna.",
        ["no_objection", "request"],
    ),
    ("Kommunen tackar för möjligheten att lämna synpunkter.", []),
    ("Socialnämnden har av kommunstyrelsen fått remissen för yttrande.", []),
    ("Utredningens uppdrag har varit att se över regelverket.", []),
    ("Av betänkandet framgår att kostnaderna beräknas till tio miljoner kronor.", []),
    ("Kommunen arbetar sedan 2019 med en gemensam modell.", []),
    ("I dag saknar många kommuner en plan.", []),
    (
        "Detta yttrande har beslutats av länsråd Karin Ek efter föredragning av jurist Lars Holm.",
        [],
    ),
    ("Promemorian innehåller förslag om att avgiften ska höjas.", []),
    ("Kommunstyrelsen beslutar att anta förvaltningens förslag till yttrande som sitt eget.", []),
    ("Förslaget innebär att nämnden ska utse en samordnare.", []),
    ("Myndigheten har i tidigare yttranden avstyrkt liknande förslag.", []),
    (
        "Kammarrätten har inga synpunkter i sak. Domstolen noterar dock att ordet "
        "handling används i två betydelser.",
        ["no_objection", "comment"],
    ),
    (
        "Vi instämmer i att reglerna är svåra att överblicka. Däremot delar vi inte "
        "bedömningen att en ny myndighet behövs.",
        ["support", "oppose"],
    ),
    (
        "Föreningen motsätter sig inte att uppgifterna samlas in, men anser att "
        "gallringsfristen är för lång.",
        ["no_objection", "oppose"],
    ),
    (
        "Kommunen ställer sig positiv till avsnitt 5.2 men negativ till avsnitt 5.3.",
        ["support", "oppose"],
    ),
    (
        "Regionen konstaterar att frågan om ersättning inte behandlas i betänkandet. "
        "Regionen anser att den frågan måste lösas innan lagen träder i kraft.",
        ["comment", "request"],
    ),
    (
        "Nämnden delar utredningens syn på problemet. Nämnden anser dock inte att den "
        "föreslagna lösningen är ändamålsenlig.",
        ["support", "oppose"],
    ),
    (
        "Kommunen delar uppfattningen att skolorna behöver mer stöd men anser inte att "
        "det är kommunens uppgift.",
        ["support", "oppose"],
    ),
    ("Kommunen ser fram emot den fortsatta dialogen.", []),
    ("Kommunen har cirka 12 000 invånare och arbetar aktivt med frågan.", []),
    ("Av remissen framgår att avgiften ska höjas.", []),
    ("Yttrandet har beretts av miljökontoret.", []),
    ("Högskolan vill dock lämna följande synpunkter på avsnitt 5.", []),
    (
        "Länsstyrelsen ser positivt på förslaget. Länsstyrelsen önskar dock att samråd "
        "sker före beslut.",
        ["support", "request"],
    ),
    ("Organisationen motsätter sig förslaget men är positiv till syftet.", ["oppose", "support"]),
    ("Kommunen bedriver redan i dag ett omfattande arbete på området.", []),
    ("Utredningen har haft i uppdrag att föreslå åtgärder.", []),
]


@pytest.mark.parametrize(("text", "labels"), SENTENCES)
def test_the_stances_of_a_passage(text, labels):
    assert [stance.label for stance in read_stance(text)] == labels
