"""Wishes and notes, in the wordings of many answers; all invented."""

import pytest

from analysis.stance import read_stance

SENTENCES = [
    ("Kommunen anser att finansieringsprincipen ska tillämpas fullt ut.", ["request"]),
    ("Staden anser att det är viktigt att barnrättsperspektivet beaktas.", ["comment"]),
    ("Det är av största vikt att övergången planeras noga.", ["comment"]),
    ("Vidare bör det övervägas om även privata utförare ska omfattas.", ["request"]),
    ("Kommunen föreslår därför att paragrafen ändras enligt följande.", ["request"]),
    (
        "Länsstyrelsen saknar i detta sammanhang en redogörelse för tillsynens kostnader.",
        ["request"],
    ),
    ("Myndigheten skulle vilja se ett förtydligande av begreppet samverkan.", ["request"]),
    ("Det framgår inte av promemorian hur uppgifterna ska gallras.", ["request"]),
    ("Konsekvenserna för små företag är inte tillräckligt belysta.", ["request"]),
    ("Regionen vill betona att arbetet kräver långsiktiga resurser.", ["comment"]),
    ("Socialförvaltningen vill särskilt lyfta fram betydelsen av tidiga insatser.", ["comment"]),
    ("Utredningens förslag riskerar att leda till ökad administration.", ["comment"]),
    ("Kommunen ser en risk att förslaget leder till ökad administration.", ["comment"]),
    ("Kommunen önskar därför ett klargörande av vem som bär ansvaret.", ["request"]),
    ("Enligt förvaltningens mening bör kommunerna få ersättning.", ["request"]),
    ("Nämnden ser därför gärna att frågan utreds i särskild ordning.", ["request"]),
    ("Polisregionen ser fördelar med förslaget men också svårigheter.", ["comment"]),
    ("Utredningen har inte analyserat effekterna för landsbygden.", ["request"]),
    (
        "Länsstyrelsen vill understryka vikten av att uppdraget följs av resurser och "
        "föreslår att ett riktat statsbidrag införs.",
        ["request"],
    ),
    ("Nämnden ser gärna att vägledningen översätts.", ["request"]),
    ("Det är oklart vem som ansvarar för driften.", ["request"]),
    ("Ansvarsfördelningen är otydlig.", ["request"]),
    ("Kommunen vill dock poängtera att uppdraget inte kan rymmas inom befintlig ram.", ["comment"]),
    ("Stiftelsen anser att det vore önskvärt med en längre övergångstid.", ["request"]),
    ("Förbundet anser att lagen bör träda i kraft tidigare än vad som föreslås.", ["request"]),
    ("Förbundet anser att ikraftträdandet bör skjutas upp.", ["request"]),
    (
        "Badinspektionen konstaterar att förslaget innebär nya uppgifter för myndigheten.",
        ["comment"],
    ),
    ("Vi efterlyser också en definition av begreppet närhet.", ["request"]),
    ("En sådan definition saknas i förslaget.", ["request"]),
    ("Kommunen uppmanar regeringen att återkomma med en finansierad reform.", ["request"]),
    ("Det behövs enligt vår mening en samlad översyn av statsbidragen.", ["request"]),
    ("Det behöver säkerställas att kommunerna får ersättning.", ["request"]),
    ("Regionen rekommenderar att frågan utreds vidare.", ["request"]),
    ("Med anledning av ovanstående föreslår nämnden att lagförslaget omarbetas.", ["request"]),
    ("Samtidigt ser nämnden vissa risker med förslaget.", ["comment"]),
    ("Nämnden ser därför med oro på förslaget att minska anslaget.", ["comment"]),
    ("Kommunen vill därför se en nationell samordning av frågan.", ["request"]),
    ("Det är angeläget att staten tillskjuter medel.", ["request"]),
    ("Vi saknar barnperspektivet i utredningen.", ["request"]),
    ("Barnperspektivet saknas.", ["request"]),
    (
        "Myndigheten efterlyser en närmare analys av hur bestämmelsen förhåller sig till "
        "gällande rätt.",
        ["request"],
    ),
    ("Länsstyrelsen föreslår att ordet skyndsamt stryks.", ["request"]),
    ("Länsstyrelsen anser att ordet skyndsamt bör strykas.", ["request"]),
    ("Landsbygdsnätverket efterlyser tydligare skrivningar om kollektivtrafik.", ["request"]),
    (
        "Samverkan mellan myndigheterna är enligt nämnden avgörande för att reformen ska lyckas.",
        ["comment"],
    ),
    ("Ikraftträdandet bör senareläggas till den 1 januari 2027.", ["request"]),
    ("Kommunen vill lyfta behovet av en gemensam definition.", ["comment"]),
    ("Kommunen ser ett stort behov av en gemensam definition.", ["request"]),
    ("Kommunen vill avslutningsvis betona vikten av dialog.", ["comment"]),
    ("Av betänkandet framgår inte hur uppföljningen ska ske.", ["request"]),
]


@pytest.mark.parametrize(("text", "labels"), SENTENCES)
def test_the_stances_of_a_passage(text, labels):
    assert [stance.label for stance in read_stance(text)] == labels
