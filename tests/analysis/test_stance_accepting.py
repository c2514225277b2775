"""Support, conditions and no objection, in the wordings of many answers; all invented."""

import pytest

from analysis.stance import read_stance

SENTENCES = [
    ("Värmemyndigheten har inga synpunkter på de lämnade förslagen.", ["no_objection"]),
    (
        "Hovrätten har från de utgångspunkter som domstolen har att beakta inget att "
        "invända mot förslaget.",
        ["no_objection"],
    ),
    ("Kommunen ser mycket positivt på att frågan lyfts.", ["support"]),
    (
        "Länsstyrelsen är i grunden positiv till förslaget men anser att det krävs "
        "ytterligare resurser.",
        ["conditional"],
    ),
    (
        "Regionen välkomnar utredningens förslag om ett nationellt register men ser "
        "risker med hur uppgifterna ska skyddas.",
        ["conditional"],
    ),
    ("Förbundet anser att förslaget är ett steg i rätt riktning.", ["support"]),
    (
        "Vi är positiva till förslaget i stort, men anser att lagtexten behöver bli tydligare.",
        ["conditional"],
    ),
    ("Kommunen ställer sig bakom förslaget till ny lag.", ["support"]),
    (
        "Kommunen ställer sig i allt väsentligt bakom utredningens förslag, men vill "
        "peka på några oklarheter.",
        ["conditional"],
    ),
    (
        "Förvaltningen bedömer att förslagen sammantaget kommer att förbättra "
        "situationen för barnen.",
        ["support"],
    ),
    ("Förvaltningen anser att förslagen är bra.", ["support"]),
    ("Tingsrätten tillstyrker förslaget men har följande synpunkter.", ["conditional"]),
    ("Kommunen lämnar inga synpunkter på förslaget i den delen.", ["no_objection"]),
    ("Förslaget i avsnitt 7 lämnas utan erinran.", ["no_objection"]),
    ("Kartverket har ingen erinran mot vad som föreslås i promemorian.", ["no_objection"]),
    (
        "Utredningen föreslår att kommunerna ska ta fram en plan. Nämnden tillstyrker detta.",
        ["support"],
    ),
    (
        "Utredningen föreslår att kommunerna ska ta fram en plan. Nämnden har ingen "
        "invändning mot detta.",
        ["no_objection"],
    ),
    (
        "Region Sundmark instämmer i utredningens förslag om att myndigheten bör få ett "
        "samordningsansvar.",
        ["support"],
    ),
    (
        "Region Sundmark anser, i likhet med utredningen, att ansvaret bör ligga hos staten.",
        ["support"],
    ),
    (
        "Kommunen är positiv till en översyn, förutsatt att den görs i nära dialog med kommunerna.",
        ["conditional"],
    ),
    (
        "En förutsättning för att kommunen ska kunna tillstyrka förslaget är att det finansieras.",
        ["conditional"],
    ),
    ("Förutsatt att staten ersätter kommunerna tillstyrker nämnden förslaget.", ["conditional"]),
    ("Förbundet instämmer till fullo i bedömningen.", ["support"]),
    ("Kommunen delar i huvudsak utredningens bedömningar.", ["conditional"]),
    ("Kommunen delar till stora delar utredningens bedömningar.", ["conditional"]),
    ("Det är bra att ansvaret tydliggörs.", ["support"]),
    ("Att ansvaret tydliggörs är positivt.", ["support"]),
    ("Särskilt positivt är förslaget om en nationell stödlinje.", ["support"]),
    ("Nämnden är nöjd med förslaget.", ["support"]),
    ("Förslaget om en nationell stödlinje är välkommet.", ["support"]),
    (
        "Lampmyndigheten tillstyrker promemorians förslag. Myndigheten vill dock "
        "framhålla att elnätsföretagen behöver tid för att ställa om.",
        ["conditional"],
    ),
    (
        "Kommunen är positiv till förslaget. För att reformen ska lyckas krävs "
        "emellertid att kommunerna får full ersättning.",
        ["conditional"],
    ),
    ("Länsstyrelsen har inga avgörande invändningar mot förslaget.", ["no_objection"]),
    ("Region Norrskär tillstyrker därför förslaget.", ["support"]),
    ("Region Norrskär kan i huvudsak tillstyrka förslaget.", ["conditional"]),
    ("Mot denna bakgrund tillstyrker nämnden förslaget.", ["support"]),
    ("Myndigheten förutsätter att tillkommande kostnader ersätts.", ["conditional"]),
    ("Staden noterar med tillfredsställelse att tidigare synpunkter har beaktats.", ["support"]),
    ("Cykelombudsmannen välkomnar särskilt att barn ska få komma till tals.", ["support"]),
    (
        "Kvalitetsverket har utifrån sitt verksamhetsområde inte några synpunkter på förslaget.",
        ["no_objection"],
    ),
    ("Förslagen tillstyrks med de förtydliganden som framgår nedan.", ["conditional"]),
    ("Utredningens förslag är väl genomarbetade och Regionen tillstyrker dem.", ["support"]),
    (
        "Näckö kommun är i grunden positiv, men anser att finansieringen är otillräcklig.",
        ["conditional"],
    ),
    ("Bolaget stöder inriktningen i strategin.", ["support"]),
    ("Bolaget har inga ytterligare synpunkter.", ["no_objection"]),
    ("Vi har i övrigt inga synpunkter.", ["no_objection"]),
    ("I övrigt tillstyrker länsstyrelsen förslaget.", ["support"]),
    (
        "Utredningen har gjort bedömningen att en avgift inte bör införas. Nämnden delar "
        "den bedömningen.",
        ["support"],
    ),
    (
        "Länsstyrelsen i Norrskär ser positivt på förslaget att samla tillsynen. Samlad "
        "tillsyn ger bättre överblick. Länsstyrelsen vill samtidigt påpeka att "
        "övergången kräver tid.",
        ["conditional"],
    ),
    ("Förslagen välkomnas av kommunen.", ["support"]),
    ("Kommunen har i övrigt inget att tillföra.", ["no_objection"]),
    ("Kommunen anser att utredningens förslag är bra och ställer sig bakom dem.", ["support"]),
    ("Sammanfattningsvis är nämnden positiv till förslagen.", ["support"]),
    (
        "Det är positivt att barnens bästa lyfts fram, men begreppet behöver definieras.",
        ["conditional"],
    ),
    ("Nämnden utgår från att kommunen får ersättning för merkostnaderna.", ["conditional"]),
    ("Nämnden tillstyrker förslaget men förutsätter att merkostnaderna ersätts.", ["conditional"]),
    (
        "Badförvaltningen delar bedömningen i promemorian att någon ny brottsrubricering "
        "inte behövs.",
        ["support"],
    ),
    (
        "Vi ställer oss positiva till förslaget, dock med reservation för tidsplanen.",
        ["conditional"],
    ),
    ("Remissen föranleder ingen erinran från kommunens sida.", ["no_objection"]),
    ("Kommunen stödjer i allt väsentligt förslagen i strategin.", ["conditional"]),
    ("Vi instämmer med utredningen om att samordningen brister.", ["support"]),
    ("Länsstyrelsen ifrågasätter inte behovet av reglering.", ["no_objection"]),
    (
        "Utredningen föreslår en ny lag. Förslaget är enligt Regionens uppfattning välavvägt.",
        ["support"],
    ),
    ("Regionen tillstyrker utredningens förslag i avsnitt 3.", ["support"]),
    ("Regionen har inget att anföra mot förslaget.", ["no_objection"]),
    ("Förvaltningen ser inga skäl att motsätta sig förslaget.", ["no_objection"]),
    ("Högskolan är i allt väsentligt positiv till utredningens förslag.", ["conditional"]),
    (
        "Länsstyrelsen välkomnar ambitionen men saknar ett resonemang om finansieringen.",
        ["conditional"],
    ),
    ("Nämnden förutsätter att kommunen kompenseras ekonomiskt.", ["conditional"]),
    (
        "Bolaget har inga synpunkter utöver vad som framgår av branschorganisationens yttrande.",
        ["no_objection"],
    ),
    ("Föreningen ansluter sig till det yttrande som förbundet har lämnat.", ["support"]),
    ("Vi tackar för möjligheten att yttra oss och tillstyrker förslagen.", ["support"]),
    ("Staden tillstyrker förslaget eftersom nuvarande regler är otydliga.", ["support"]),
    (
        "Utredningens förslag om en tidsgräns tillstyrks, men gränsen bör sättas till två år.",
        ["conditional"],
    ),
    ("Myndigheten kan ställa sig bakom förslaget.", ["support"]),
    ("Myndigheten kan endast delvis ställa sig bakom förslaget.", ["conditional"]),
]


@pytest.mark.parametrize(("text", "labels"), SENTENCES)
def test_the_stances_of_a_passage(text, labels):
    assert [stance.label for stance in read_stance(text)] == labels
