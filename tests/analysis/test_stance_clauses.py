"""The stance of clauses: doubly negated, conceded, told of others, two at once; all invented."""

import pytest

from analysis.stance import read_stance

SENTENCES = [
    ("Den bedömningen delar myndigheten.", ["support"]),
    ("Den bedömningen delar inte Hamntillsynsverket.", ["oppose"]),
    ("Utredningens slutsats att kostnaderna är ringa kan vi inte ställa oss bakom.", ["oppose"]),
    (
        "Vi stödjer förslaget under förutsättning att informationen kan lämnas digitalt.",
        ["conditional"],
    ),
    ("Det saknas vägledning om hur kretsloppet av näring ska bedömas.", ["request"]),
    ("Vi tar inte ställning till de lagtekniska frågorna.", ["abstain"]),
    ("Universitetet har valt att inte kommentera författningsförslagen.", ["abstain"]),
    ("Nämnden har inget att yttra i ärendet.", ["abstain"]),
    ("Domstolen har inte funnit anledning till erinran.", ["no_objection"]),
    ("Kammarrätten lämnar förslaget utan erinran.", ["no_objection"]),
    ("Ingen erinran.", ["no_objection"]),
    ("Myndigheten har ingenting emot att uppgiften flyttas.", ["no_objection"]),
    ("Förslaget föranleder ingen erinran från tingsrättens sida.", ["no_objection"]),
    ("Nämnden motsätter sig inte förslaget.", ["no_objection"]),
    ("Det finns inte något att invända mot den föreslagna lydelsen.", ["no_objection"]),
    ("Kommunen kan inte se att det finns skäl att införa en ny avgift.", ["oppose"]),
    ("Förbundet avstyrker bestämt förslaget.", ["oppose"]),
    ("Vi säger nej till förslaget om höjd avgift.", ["oppose"]),
    ("Regionen anser att förslaget inte bör genomföras.", ["oppose"]),
    ("Förslaget bör enligt nämndens mening inte genomföras.", ["oppose"]),
    ("Myndigheten ställer sig avvisande till en ny ordning.", ["oppose"]),
    ("Staden anser att kravet är oproportionerligt.", ["oppose"]),
    (
        "Länsstyrelsen tillstyrker förslagen i kapitel 4 men avstyrker förslagen i kapitel 5.",
        ["support", "oppose"],
    ),
    (
        "Förbundet avstyrker i första hand förslaget och yrkar i andra hand att lagen skjuts upp.",
        ["oppose", "request"],
    ),
    ("I likhet med utredningen anser myndigheten att tiden bör förlängas.", ["support"]),
    ("Liksom utredningen anser kommunen att ansvaret bör samlas.", ["support"]),
    (
        "Till skillnad från utredningen anser kommunen att ansvaret bör ligga hos staten.",
        ["oppose"],
    ),
    ("Utredningen föreslår att en ny myndighet ska inrättas.", []),
    ("I betänkandet föreslås att kommunerna ska ta över ansvaret.", []),
    ("Enligt betänkandet bör kommunerna få ett större ansvar.", []),
    ("Promemorians förslag innebär att avgiften slopas.", []),
    ("Regeringen anser att reglerna bör ses över.", []),
    ("Motionären yrkar att en utredning tillsätts.", []),
    ("Naturvårdsverket har i sitt remissvar avstyrkt förslaget.", []),
    ("Flera remissinstanser tillstyrker förslaget.", []),
    ("Sveriges advokatsamfund avstyrker förslaget.", []),
    ("Utredaren delar inte kommunernas uppfattning.", []),
    ("Nämnden vill i sammanhanget framhålla vikten av samverkan.", ["comment"]),
    ("Myndigheten noterar att förslaget får konsekvenser för fler än de som nämns.", ["comment"]),
    ("Det kan noteras att liknande regler redan gäller i Norge.", ["comment"]),
    ("Regionen vill särskilt lyfta fram behovet av kompetensförsörjning i glesbygd.", ["comment"]),
    ("Kommunen efterfrågar en konsekvensanalys.", ["request"]),
    ("Det vore önskvärt med en tydligare definition.", ["request"]),
    ("Nämnden skulle vilja se ett förtydligande av begreppet.", ["request"]),
    ("Staden anser att staten bör stå för merkostnaderna.", ["request"]),
    ("Enligt förbundets mening behöver begreppet utvecklas.", ["request"]),
    ("Myndigheten önskar att regeringen återkommer med ett förslag.", ["request"]),
    ("Frågan bör utredas vidare.", ["request"]),
    ("Regionen hemställer att regeringen avsätter medel.", ["request"]),
    (
        "Kommunen anser inte att analysen är tillräcklig utan föreslår att den kompletteras.",
        ["oppose", "request"],
    ),
    (
        "Kommunen är positiv till intentionerna men ser en risk för ökade kostnader.",
        ["conditional"],
    ),
    ("Trots vissa invändningar tillstyrker länsstyrelsen förslaget.", ["conditional"]),
    ("Med dessa påpekanden tillstyrker domstolen förslaget.", ["conditional"]),
    ("Förvaltningen tillstyrker förslaget med de ändringar som framgår nedan.", ["conditional"]),
    ("Kommunen kan tillstyrka förslaget endast om full kostnadstäckning ges.", ["conditional"]),
    ("Förbundet delar i stora drag utredningens analys.", ["conditional"]),
    ("I övrigt tillstyrker myndigheten förslagen.", ["support"]),
    (
        "Regionen välkomnar förslaget. Regionen vill dock framhålla att tiden är knapp.",
        ["conditional"],
    ),
    ("Kommunen kan inte i detta skede ta ställning till förslaget.", ["unclear"]),
    ("Det är svårt att bedöma om förslaget får avsedd effekt.", ["unclear"]),
    ("Vi delar inte uppfattningen att problemet är löst.", ["oppose"]),
    ("Vi kan inte annat än instämma i utredningens slutsatser.", ["support"]),
    ("Tingsrätten har inga synpunkter i sak på förslaget.", ["no_objection"]),
    ("Föreningen ser fram emot att lagen införs.", ["support"]),
    ("Förslaget är välkommet.", ["support"]),
    ("Nämnden är positivt inställd till förslaget.", ["support"]),
    ("Det är bra att regeringen tar initiativ i frågan.", ["support"]),
    ("Det är olyckligt att frågan inte har utretts.", ["oppose"]),
    ("Kommunen har svårt att förstå varför kravet ska gälla små verksamheter.", ["oppose"]),
    ("Ett klargörande av vem som äger fynden är önskvärt.", ["request"]),
    ("Svenska kyrkan tillstyrker förslaget.", ["support"]),
    ("Stadsmissionen avstyrker förslaget om en ny avgift.", ["oppose"]),
    ("Slutligen föreslår utredningen att lagen upphävs.", []),
    ("I betänkandet föreslår utredningen en ny lag.", []),
    ("Det kan ifrågasättas om kravet är nödvändigt.", ["oppose"]),
    ("Det finns hamnar som enligt uppgift är mycket viktiga.", []),
]

NOT_YET = [
    ("Vi har länge efterfrågat en sådan lag och välkomnar nu förslaget.", ["support"]),
    ("Det är inte utan tillfredsställelse som förbundet tillstyrker det.", ["support"]),
]


@pytest.mark.parametrize(("text", "labels"), SENTENCES)
def test_the_stances_of_clauses(text, labels):
    assert [stance.label for stance in read_stance(text)] == labels


@pytest.mark.xfail(strict=True, reason="wishes of the past and litotes are not told apart")
@pytest.mark.parametrize(("text", "labels"), NOT_YET)
def test_what_is_not_yet_told(text, labels):
    assert [stance.label for stance in read_stance(text)] == labels
