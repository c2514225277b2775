"""The stance of invented passages in the many wordings of Swedish consultation responses."""

import pytest

from analysis.formulas import Responder
from analysis.stance import read_stance, standpoints

SENTENCES = [
    # Support
    ("Näckö kommun tillstyrker förslaget.", ["support"]),
    ("Förslaget tillstyrks.", ["support"]),
    ("Tillstyrks.", ["support"]),
    ("Nämnden tillstyrker att en gemensam larmtjänst inrättas.", ["support"]),
    ("Regionen ställer sig positiv till att vårdcentralerna får ett samlat uppdrag.", ["support"]),
    ("Förvaltningen är positiv till den föreslagna tidsplanen.", ["support"]),
    ("Vi ställer oss bakom utredningens förslag om skyddsrum.", ["support"]),
    ("Länsstyrelsen i Norrskär instämmer i utredarens bedömning.", ["support"]),
    ("Myndigheten delar utredningens uppfattning att ansvaret är oklart i dag.", ["support"]),
    ("Förbundet välkomnar att frågan om digital post äntligen regleras.", ["support"]),
    ("Kommunen ser positivt på ambitionen att korta handläggningstiderna.", ["support"]),
    ("Det är mycket positivt att förslaget omfattar även små företag.", ["support"]),
    (
        "Förvaltningen håller med kontoret om att riktlinjerna bör samlas i ett dokument.",
        ["support"],
    ),
    ("Region Sundmark stöder förslaget i dess helhet.", ["support"]),
    ("Kommunen har ingenting emot förslaget.", ["no_objection"]),
    ("Myndigheten bejakar inriktningen i promemorian.", ["support"]),
    ("Nämnden ansluter sig till utredningens slutsatser.", ["support"]),
    ("Vi tycker att det är bra att barnens röster får väga tyngre.", ["support"]),
    ("Delar bedömningen att en avgift inte bör införas.", ["support"]),
    (
        "Nämnden delar utredningens bedömning att ett förbud mot gasolkaminer inte bör införas.",
        ["support"],
    ),
    ("Kommunen anser att förslaget är väl avvägt och ändamålsenligt.", ["support"]),
    ("Staden förordar utredningens huvudalternativ.", ["support"]),
    ("Förslaget tillstyrks i sin helhet av regionstyrelsen.", ["support"]),
    # Conditional
    ("Nämnden ställer sig i huvudsak positiv till förslaget.", ["conditional"]),
    ("Regionen tillstyrker i allt väsentligt promemorians förslag.", ["conditional"]),
    ("Vi ställer oss huvudsakligen bakom inriktningen.", ["conditional"]),
    (
        "Kommunen tillstyrker förslaget under förutsättning att staten står för kostnaden.",
        ["conditional"],
    ),
    (
        "Kommunen tillstyrker förslaget. Kommunen förutsätter dock att staten står för kostnaden.",
        ["conditional"],
    ),
    (
        "Förbundet välkomnar satsningen men befarar att de minsta kommunerna inte hinner med.",
        ["conditional"],
    ),
    (
        "Länsstyrelsen är positiv till en sammanhållen tillsyn. Myndigheten befarar emellertid"
        " att handläggningstiderna blir längre.",
        ["conditional"],
    ),
    ("Nämnden tillstyrker förslaget med följande synpunkter.", ["conditional"]),
    ("Universitetet instämmer delvis i utredningens bedömning.", ["conditional"]),
    (
        "Förvaltningen ser positivt på förslaget, men konstaterar att det saknas medel.",
        ["conditional"],
    ),
    (
        "Även om regionen i grunden är positiv till en lag behöver finansieringen klargöras.",
        ["conditional"],
    ),
    (
        "Myndigheten tillstyrker förslaget med reservation för den korta övergångstiden.",
        ["conditional"],
    ),
    ("Förslaget förutsätter att kommunerna ges tid att ställa om.", ["conditional"]),
    (
        "Staden är i princip positiv till förslaget, dock bör ikraftträdandet senareläggas.",
        ["conditional"],
    ),
    # Oppose
    ("Näckö kommun avstyrker förslaget.", ["oppose"]),
    ("Avstyrks.", ["oppose"]),
    ("Regionen kan därför inte tillstyrka förslaget i den delen.", ["oppose"]),
    ("Nämnden instämmer inte i utredningens slutsats.", ["oppose"]),
    ("Vi delar inte utredarens bedömning av kostnaderna.", ["oppose"]),
    ("Förbundet motsätter sig att arbetsgivarna ska bära hela kostnaden.", ["oppose"]),
    ("Myndigheten avråder från att samla uppgifterna i ett register.", ["oppose"]),
    ("Kommunen anser att det inte är lämpligt att blanda samman rollerna.", ["oppose"]),
    ("Länsstyrelsen anser det olämpligt att tillsynen flyttas.", ["oppose"]),
    ("Nämnden kan inte ställa sig bakom den föreslagna fördelningen.", ["oppose"]),
    ("Staden ställer sig inte bakom förslaget om en ny avgift.", ["oppose"]),
    ("Vi säger nej till en obligatorisk anslutning.", ["oppose"]),
    ("Kommunen anser inte att förslaget löser problemet.", ["oppose"]),
    ("Förvaltningen ställer sig kritisk till förslaget om sanktionsavgift.", ["oppose"]),
    ("Regionen anser att förslaget inte bör genomföras.", ["oppose"]),
    ("Förslaget bör därför inte genomföras.", ["oppose"]),
    ("Eftersom underlaget är bristfälligt kan nämnden inte tillstyrka förslaget.", ["oppose"]),
    ("Myndigheten ser inte positivt på en sådan ordning.", ["oppose"]),
    # No objection
    ("Kommunen har inget att erinra mot förslaget.", ["no_objection"]),
    ("Myndigheten har i sak inget att erinra.", ["no_objection"]),
    ("Ingen erinran.", ["no_objection"]),
    ("Länsstyrelsen har inga invändningar mot promemorians förslag.", ["no_objection"]),
    ("Nämnden har inte något att invända mot den föreslagna lydelsen.", ["no_objection"]),
    ("Tingsrätten har inga synpunkter på förslaget.", ["no_objection"]),
    ("Regionen motsätter sig inte förslaget.", ["no_objection"]),
    ("Myndigheten lämnar förslaget utan erinran.", ["no_objection"]),
    ("Vi ser inga hinder mot att uppgifterna lämnas ut.", ["no_objection"]),
    ("Förslaget föranleder inga synpunkter från nämndens sida.", ["no_objection"]),
    # Abstain
    ("Myndigheten avstår från att yttra sig.", ["abstain"]),
    ("Förslaget faller utanför myndighetens verksamhetsområde.", ["abstain"]),
    ("Kommunen avstår från att lämna synpunkter på remissen.", ["abstain"]),
    ("Regionen har beslutat att inte yttra sig över betänkandet.", ["abstain"]),
    # Request
    ("Nämnden ser ett behov av tydligare vägledning till skolorna.", ["request"]),
    ("Kommunen föreslår att övergångsperioden förlängs till tre år.", ["request"]),
    ("Regionen efterlyser en konsekvensanalys för glesbygden.", ["request"]),
    ("I betänkandet saknas en redovisning av driftkostnaderna.", ["request"]),
    ("I det sammanhanget saknar förbundet ett resonemang om jour.", ["request"]),
    ("Begreppet närstående bör förtydligas.", ["request"]),
    ("Frågan om tystnadsplikt behöver utredas vidare.", ["request"]),
    ("Vi önskar att även fristående huvudmän omfattas.", ["request"]),
    ("Myndigheten anser att bestämmelsen bör få en annan placering.", ["request"]),
    ("Gränsdragningen mot hemtjänsten är otydlig och skulle behöva preciseras.", ["request"]),
    ("Staden vill se en tydligare koppling till beredskapsplanen.", ["request"]),
    ("Kommunen efterfrågar nationella riktvärden.", ["request"]),
    # Comment
    ("Länsstyrelsen vill framhålla vikten av lokal kännedom.", ["comment"]),
    ("Nämnden understryker att arbetet tar tid.", ["comment"]),
    ("Vi noterar att motsvarande regler finns i grannlandet.", ["comment"]),
    ("Myndigheten vill uppmärksamma regeringen på pågående projekt.", ["comment"]),
    ("Förvaltningen vill göra utredaren uppmärksam på en pågående studie.", ["comment"]),
    ("Förbundet konstaterar att frågan har utretts tidigare.", ["comment"]),
    # Unclear
    ("Nämnden kan i nuläget inte ta ställning till om förslaget bör genomföras.", ["unclear"]),
    ("Det går inte att bedöma om förslaget är lämpligt.", ["unclear"]),
    # Two positions
    (
        "Kommunen tillstyrker förslagen, men avstyrker att de görs tillämpliga på fritidshem.",
        ["support", "oppose"],
    ),
    (
        "Regionen tillstyrker förslaget om register och föreslår att det även omfattar ambulanser.",
        ["support", "request"],
    ),
    (
        "Nämnden har inget att erinra mot förslaget men vill framhålla behovet av utbildning.",
        ["no_objection", "comment"],
    ),
    (
        "Staden tillstyrker förslaget i avsnitt 4.2. Staden avstyrker förslaget i avsnitt 4.3.",
        ["support", "oppose"],
    ),
    (
        "Förbundet välkomnar förslaget. Förbundet ser även ett behov av att se över statsbidragen.",
        ["support", "request"],
    ),
    # Not the responder's own view
    ("I betänkandet föreslås att en ny myndighet inrättas.", []),
    ("Utredningen anser att ansvaret bör samlas hos regionerna.", []),
    ("Stadsledningskontoret föreslår en ny struktur för arbetet.", []),
    ("Regeringen bedömer att kostnaderna ryms inom ramen.", []),
    ("Enligt promemorian bör tillsynen utföras av länsstyrelserna.", []),
    ("Utredaren har övervägt flera lösningar och avstyrker en ny avgift.", []),
    ("Enligt förslaget ska alla bad ha livbojar, vilket nämnden avstyrker.", ["oppose"]),
    ("Nämnden har tagit del av förslaget och anser att det bör ändras.", ["request"]),
    ("Kommunen anser att lagen bör träda i kraft senast den 1 juli.", ["request"]),
    ("Nämnden har tagit del av promemorian.", []),
    ("Svaret ska vara kommunstyrelsen till handa senast den 28 mars.", []),
    ("Kommunens uppfattning är att ansvaret bör ligga på staten.", ["request"]),
    ("Utredningens bedömning är att ansvaret bör ligga på staten.", []),
    ("Om förslaget genomförs behöver det kompletteras med stöd.", ["request"]),
    ("Om förslaget genomförs är det viktigt att staten ger stöd.", ["comment"]),
    ("Nämnden har inget att erinra mot avgiften, men har några synpunkter.", ["conditional"]),
    ("Under förutsättning att staten betalar har nämnden inget att erinra.", ["conditional"]),
    ("Det finns därför inget behov av en ny myndighet.", ["oppose"]),
    ("Här bör nämnas att badet är stängt.", ["comment"]),
    ("Området saknar en brygga.", []),
    # Neither background nor administrative decisions are standpoints
    ("Kommunstyrelsen har remitterat ärendet till socialnämnden.", []),
    ("Kulturnämnden godkänner förvaltningens tjänsteutlåtande som svar på remissen.", []),
    ("Förvaltningen föreslår att nämnden godkänner tjänsteutlåtandet som svar på remissen.", []),
    ("Beslut i detta ärende har fattats av generaldirektören.", []),
    ("Kommunen har i dag tolv äldreboenden med sammanlagt 400 platser.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "labels"), SENTENCES)
def test_the_stances_of_a_passage(text, labels):
    assert [stance.label for stance in read_stance(text)] == labels


def test_the_span_of_a_stance_is_the_part_that_carries_it():
    text = "Kommunen tillstyrker förslagen, men avstyrker att de görs tillämpliga på bryggor."
    support, oppose = read_stance(text)
    assert text[support.start : support.end] == "Kommunen tillstyrker förslagen"
    assert text[oppose.start : oppose.end] == ("men avstyrker att de görs tillämpliga på bryggor.")
    assert (support.formula, oppose.formula) == ("tillstyrka", "avstyrka")


def test_the_span_of_a_conditional_stance_reaches_to_its_condition():
    text = (
        "Badet är öppet. Nämnden tillstyrker förslaget. Utredningen anger flera skäl."
        " Nämnden förutsätter att staten betalar. Nämnden badar."
    )
    [stance] = read_stance(text)
    assert stance.label == "conditional"
    assert text[stance.start : stance.end].startswith("Nämnden tillstyrker")
    assert text[stance.start : stance.end].endswith("att staten betalar.")


@pytest.mark.parametrize("gap", [1, 3])
def test_a_reservation_reaches_over_a_few_sentences(gap):
    between = " ".join(["Badet är öppet."] * gap)
    text = f"Nämnden tillstyrker förslaget. {between} Nämnden befarar att köerna växer."
    assert [stance.label for stance in read_stance(text)] == ["conditional"]


def test_a_reservation_far_away_is_a_matter_of_its_own():
    between = " ".join(["Badet är öppet."] * 9)
    text = f"Nämnden tillstyrker förslaget. {between} Nämnden befarar att köerna växer."
    assert [stance.label for stance in read_stance(text)] == ["support", "comment"]


def test_a_note_on_what_was_said_before_begins_with_it():
    text = (
        "I betänkandet beskrivs tillsynen. Nämnden har provat en egen modell. Modellen sparar tid."
        " Nämnden vill göra utredaren uppmärksam på detta arbete."
    )
    [stance] = read_stance(text)
    assert text[stance.start :].startswith("Nämnden har provat")


def test_the_answering_body_is_not_taken_for_its_namesake():
    text = "Stadsledningskontoret föreslår att avgiften sänks."
    own = Responder(words=frozenset({"stadsledningskontoret"}))
    assert [found.label for found in standpoints([text], own)] == ["request"]
    assert standpoints([text]) == []


def test_sentences_that_run_into_each_other_give_no_empty_stance():
    text = (
        "Näckö kommun tillstyrker förslaget 4.2 och begär en tillstyrker förslaget om nya kommun"
        " tillstyrker förslaget om badplatser."
    )
    stances = read_stance(text)
    assert stances
    assert all(stance.start < stance.end for stance in stances)
