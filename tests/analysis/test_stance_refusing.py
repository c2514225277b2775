"""Opposition, abstention and what can't be read, in the wordings of many answers; all invented."""

import pytest

from analysis.stance import read_stance

SENTENCES = [
    ("Kommunen delar inte uppfattningen att en ny lag behövs.", ["oppose"]),
    ("Nämnden är starkt kritisk till att kommunerna inte ersätts fullt ut.", ["oppose"]),
    ("Regionen motsätter sig bestämt förslaget.", ["oppose"]),
    ("Universitetet anser att förslaget är olämpligt utformat och avstyrker det.", ["oppose"]),
    ("Myndigheten kan inte se att förslaget skulle leda till ökad trygghet.", ["oppose"]),
    ("Nämnden ställer sig tveksam till om förslaget får avsedd effekt.", ["oppose"]),
    ("Vi stödjer inte förslaget om utökad anmälningsplikt.", ["oppose"]),
    ("Myndigheten avstår från att yttra sig i ärendet.", ["abstain"]),
    ("Myndigheten avstår från att lämna något yttrande.", ["abstain"]),
    ("Domstolen har beslutat att avstå från att svara på remissen.", ["abstain"]),
    (
        "Betänkandet berör inte myndighetens verksamhetsområde och myndigheten avstår "
        "därför från att yttra sig.",
        ["abstain"],
    ),
    (
        "Fackförbundet ställer sig frågande till varför gränsen satts vid femtio anställda.",
        ["oppose"],
    ),
    ("Nämnden tillstyrker inte förslaget om avgiftsfrihet.", ["oppose"]),
    ("Nämnden anser att förslaget om avgiftsfrihet bör utgå.", ["oppose"]),
    ("Nämnden avstyrker förslaget i dess nuvarande utformning.", ["oppose"]),
    ("Vi kan inte stödja att uppdraget läggs på förskolan.", ["oppose"]),
    ("Trots att vi är positiva till syftet kan vi inte tillstyrka förslaget.", ["oppose"]),
    ("Myndigheten vidhåller sin tidigare inställning att registret inte bör inrättas.", ["oppose"]),
    ("Vi har svårt att se hur förslaget ska kunna genomföras i praktiken.", ["oppose"]),
    ("Det är för tidigt att ta ställning till förslaget.", ["unclear"]),
    ("Förvaltningen kan se både fördelar och nackdelar med förslaget.", ["unclear"]),
    ("Enligt nämndens bedömning är tidsplanen orealistisk.", ["oppose"]),
    ("Vi beklagar att utredningen inte har analyserat effekterna för landsbygden.", ["oppose"]),
    ("Gallringsfristen är enligt kommunens mening för lång.", ["oppose"]),
    ("Mot denna bakgrund avstyrks förslaget.", ["oppose"]),
    ("Av dessa skäl kan nämnden inte ställa sig bakom förslaget.", ["oppose"]),
    ("Vi menar att utredningens förslag är alltför långtgående.", ["oppose"]),
    ("Förslaget är alltför detaljerat.", ["oppose"]),
    ("Kommunförbundet ifrågasätter om avgiften ger avsedd effekt.", ["oppose"]),
    ("Vi avstår från synpunkter på de delar som rör domstolarna.", ["abstain"]),
    ("Remissen besvaras inte.", ["abstain"]),
    ("Till skillnad från utredningen anser nämnden att en avgift bör införas.", ["oppose"]),
    (
        "I promemorian föreslås att avgiften höjs. Regionen har förståelse för förslaget "
        "men avstyrker det eftersom det drabbar de minsta vårdgivarna.",
        ["oppose"],
    ),
    ("Bedömningen att kommunerna har tillräckliga resurser delas inte av nämnden.", ["oppose"]),
    ("Förslaget att införa en ny avgift avstyrks.", ["oppose"]),
    ("Föreningen anser att ett krav på tillstånd är onödigt betungande.", ["oppose"]),
    ("Föreningen yrkar att förslaget dras tillbaka.", ["oppose"]),
    ("Föreningen vill se att förslaget dras tillbaka.", ["oppose"]),
    ("Vi ställer oss tveksamma till om registret behövs.", ["oppose"]),
    ("Något behov av ytterligare lagstiftning finns enligt myndighetens mening inte.", ["oppose"]),
    ("Myndigheten ser inget behov av ytterligare lagstiftning.", ["oppose"]),
    ("Universitetet avstår från att yttra sig över betänkandet.", ["abstain"]),
    ("Stadsdelsnämnden lämnar förslaget utan eget ställningstagande.", ["abstain"]),
    (
        "Utredningen bedömer att förslaget inte medför några kostnader för kommunerna. "
        "Kommunen delar inte denna bedömning.",
        ["oppose"],
    ),
    ("Det är svårt att se nyttan med förslaget.", ["oppose"]),
    ("Nämnden anser att förslaget går för långt.", ["oppose"]),
    ("Kommunen anser att förslaget inte går tillräckligt långt.", ["oppose"]),
    ("Förslaget är inte genomförbart i nuvarande form.", ["oppose"]),
    ("Tidplanen bedöms vara för snäv.", ["oppose"]),
    ("Nämnden bedömer att tidplanen är för snäv.", ["oppose"]),
    ("Vi avstyrker således förslaget.", ["oppose"]),
    ("Staden avstyrker förslaget eftersom det saknas en konsekvensanalys.", ["oppose"]),
    ("Domstolen ställer sig tveksam till den föreslagna skrivningen.", ["oppose"]),
    ("Vår bedömning är att förslagen inte är tillräckliga.", ["oppose"]),
    ("Det är beklagligt att frågan inte har utretts.", ["oppose"]),
    ("Myndigheten stöder inte förslaget.", ["oppose"]),
]


@pytest.mark.parametrize(("text", "labels"), SENTENCES)
def test_the_stances_of_a_passage(text, labels):
    assert [stance.label for stance in read_stance(text)] == labels
