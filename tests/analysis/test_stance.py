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


OTHER_WORDINGS = [
    ("Värmemyndigheten har inga synpunkter på de lämnade förslagen.", ["no_objection"]),
    (
        "Hovrätten har från de utgångspunkter som domstolen har att beakta inget att "
        "invända mot förslaget.",
        ["no_objection"],
    ),
    (
        "Myndigheten har inga invändningar mot förslaget i sig men efterlyser en analys "
        "av kostnaderna.",
        ["no_objection", "request"],
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
    ("Kommunen delar inte uppfattningen att en ny lag behövs.", ["oppose"]),
    ("Nämnden är starkt kritisk till att kommunerna inte ersätts fullt ut.", ["oppose"]),
    ("Regionen motsätter sig bestämt förslaget.", ["oppose"]),
    ("Universitetet anser att förslaget är olämpligt utformat och avstyrker det.", ["oppose"]),
    ("Myndigheten kan inte se att förslaget skulle leda till ökad trygghet.", ["oppose"]),
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
    ("Nämnden ställer sig tveksam till om förslaget får avsedd effekt.", ["oppose"]),
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
    ("Vi stödjer inte förslaget om utökad anmälningsplikt.", ["oppose"]),
    ("Tingsrätten tillstyrker förslaget men har följande synpunkter.", ["conditional"]),
    ("Myndigheten avstår från att yttra sig i ärendet.", ["abstain"]),
    ("Myndigheten avstår från att lämna något yttrande.", ["abstain"]),
    ("Domstolen har beslutat att avstå från att svara på remissen.", ["abstain"]),
    (
        "Betänkandet berör inte myndighetens verksamhetsområde och myndigheten avstår "
        "därför från att yttra sig.",
        ["abstain"],
    ),
    ("Kommunen lämnar inga synpunkter på förslaget i den delen.", ["no_objection"]),
    ("Förslaget i avsnitt 7 lämnas utan erinran.", ["no_objection"]),
    ("Kartverket har ingen erinran mot vad som föreslås i promemorian.", ["no_objection"]),
    (
        "Fackförbundet ställer sig frågande till varför gränsen satts vid femtio anställda.",
        ["oppose"],
    ),
    ("Utredningens förslag riskerar att leda till ökad administration.", ["comment"]),
    ("Kommunen ser en risk att förslaget leder till ökad administration.", ["comment"]),
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
    ("Nämnden tillstyrker inte förslaget om avgiftsfrihet.", ["oppose"]),
    ("Nämnden anser att förslaget om avgiftsfrihet bör utgå.", ["oppose"]),
    ("Nämnden avstyrker förslaget i dess nuvarande utformning.", ["oppose"]),
    ("Vi kan inte stödja att uppdraget läggs på förskolan.", ["oppose"]),
    ("Trots att vi är positiva till syftet kan vi inte tillstyrka förslaget.", ["oppose"]),
    ("Förbundet instämmer till fullo i bedömningen.", ["support"]),
    ("Kommunen delar i huvudsak utredningens bedömningar.", ["conditional"]),
    ("Kommunen delar till stora delar utredningens bedömningar.", ["conditional"]),
    ("Det är bra att ansvaret tydliggörs.", ["support"]),
    ("Att ansvaret tydliggörs är positivt.", ["support"]),
    ("Särskilt positivt är förslaget om en nationell stödlinje.", ["support"]),
    ("Nämnden är nöjd med förslaget.", ["support"]),
    ("Förslaget om en nationell stödlinje är välkommet.", ["support"]),
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
    ("Myndigheten vidhåller sin tidigare inställning att registret inte bör inrättas.", ["oppose"]),
    ("Vi har svårt att se hur förslaget ska kunna genomföras i praktiken.", ["oppose"]),
    ("Det är för tidigt att ta ställning till förslaget.", ["unclear"]),
    ("Förvaltningen kan se både fördelar och nackdelar med förslaget.", ["unclear"]),
    ("Kommunen önskar därför ett klargörande av vem som bär ansvaret.", ["request"]),
    ("Enligt förvaltningens mening bör kommunerna få ersättning.", ["request"]),
    ("Enligt nämndens bedömning är tidsplanen orealistisk.", ["oppose"]),
    ("Nämnden ser därför gärna att frågan utreds i särskild ordning.", ["request"]),
    (
        "Lampmyndigheten tillstyrker promemorians förslag. Myndigheten vill dock "
        "framhålla att elnätsföretagen behöver tid för att ställa om.",
        ["conditional"],
    ),
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
        "Kommunen är positiv till förslaget. För att reformen ska lyckas krävs "
        "emellertid att kommunerna får full ersättning.",
        ["conditional"],
    ),
    ("Polisregionen ser fördelar med förslaget men också svårigheter.", ["comment"]),
    ("Vi beklagar att utredningen inte har analyserat effekterna för landsbygden.", ["oppose"]),
    ("Utredningen har inte analyserat effekterna för landsbygden.", ["request"]),
    (
        "Föreningen motsätter sig inte att uppgifterna samlas in, men anser att "
        "gallringsfristen är för lång.",
        ["no_objection", "oppose"],
    ),
    ("Gallringsfristen är enligt kommunens mening för lång.", ["oppose"]),
    ("Länsstyrelsen har inga avgörande invändningar mot förslaget.", ["no_objection"]),
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
    ("Region Norrskär tillstyrker därför förslaget.", ["support"]),
    ("Region Norrskär kan i huvudsak tillstyrka förslaget.", ["conditional"]),
    ("Mot denna bakgrund tillstyrker nämnden förslaget.", ["support"]),
    ("Mot denna bakgrund avstyrks förslaget.", ["oppose"]),
    ("Av dessa skäl kan nämnden inte ställa sig bakom förslaget.", ["oppose"]),
    ("Förbundet anser att lagen bör träda i kraft tidigare än vad som föreslås.", ["request"]),
    ("Förbundet anser att ikraftträdandet bör skjutas upp.", ["request"]),
    ("Vi menar att utredningens förslag är alltför långtgående.", ["oppose"]),
    ("Förslaget är alltför detaljerat.", ["oppose"]),
    ("Myndigheten förutsätter att tillkommande kostnader ersätts.", ["conditional"]),
    (
        "Badinspektionen konstaterar att förslaget innebär nya uppgifter för myndigheten.",
        ["comment"],
    ),
    ("Staden noterar med tillfredsställelse att tidigare synpunkter har beaktats.", ["support"]),
    ("Cykelombudsmannen välkomnar särskilt att barn ska få komma till tals.", ["support"]),
    (
        "Kvalitetsverket har utifrån sitt verksamhetsområde inte några synpunkter på förslaget.",
        ["no_objection"],
    ),
    ("Förslagen tillstyrks med de förtydliganden som framgår nedan.", ["conditional"]),
    ("Kommunförbundet ifrågasätter om avgiften ger avsedd effekt.", ["oppose"]),
    ("Vi efterlyser också en definition av begreppet närhet.", ["request"]),
    ("En sådan definition saknas i förslaget.", ["request"]),
    ("Kommunen uppmanar regeringen att återkomma med en finansierad reform.", ["request"]),
    ("Det behövs enligt vår mening en samlad översyn av statsbidragen.", ["request"]),
    ("Det behöver säkerställas att kommunerna får ersättning.", ["request"]),
    ("Regionen rekommenderar att frågan utreds vidare.", ["request"]),
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
        "Kommunen ställer sig positiv till avsnitt 5.2 men negativ till avsnitt 5.3.",
        ["support", "oppose"],
    ),
    ("Vi avstår från synpunkter på de delar som rör domstolarna.", ["abstain"]),
    ("Remissen besvaras inte.", ["abstain"]),
    (
        "Utredningen har gjort bedömningen att en avgift inte bör införas. Nämnden delar "
        "den bedömningen.",
        ["support"],
    ),
    ("Till skillnad från utredningen anser nämnden att en avgift bör införas.", ["oppose"]),
    (
        "Länsstyrelsen i Norrskär ser positivt på förslaget att samla tillsynen. Samlad "
        "tillsyn ger bättre överblick. Länsstyrelsen vill samtidigt påpeka att "
        "övergången kräver tid.",
        ["conditional"],
    ),
    (
        "I promemorian föreslås att avgiften höjs. Regionen har förståelse för förslaget "
        "men avstyrker det eftersom det drabbar de minsta vårdgivarna.",
        ["oppose"],
    ),
    (
        "Regionen konstaterar att frågan om ersättning inte behandlas i betänkandet. "
        "Regionen anser att den frågan måste lösas innan lagen träder i kraft.",
        ["comment", "request"],
    ),
    ("Med anledning av ovanstående föreslår nämnden att lagförslaget omarbetas.", ["request"]),
    (
        "Nämnden delar utredningens syn på problemet. Nämnden anser dock inte att den "
        "föreslagna lösningen är ändamålsenlig.",
        ["support", "oppose"],
    ),
    ("Bedömningen att kommunerna har tillräckliga resurser delas inte av nämnden.", ["oppose"]),
    ("Förslagen välkomnas av kommunen.", ["support"]),
    ("Förslaget att införa en ny avgift avstyrks.", ["oppose"]),
    ("Kommunen har i övrigt inget att tillföra.", ["no_objection"]),
    ("Kommunen anser att utredningens förslag är bra och ställer sig bakom dem.", ["support"]),
    ("Sammanfattningsvis är nämnden positiv till förslagen.", ["support"]),
    ("Samtidigt ser nämnden vissa risker med förslaget.", ["comment"]),
    ("Nämnden ser därför med oro på förslaget att minska anslaget.", ["comment"]),
    (
        "Det är positivt att barnens bästa lyfts fram, men begreppet behöver definieras.",
        ["conditional"],
    ),
    ("Kommunen vill därför se en nationell samordning av frågan.", ["request"]),
    ("Föreningen anser att ett krav på tillstånd är onödigt betungande.", ["oppose"]),
    ("Föreningen yrkar att förslaget dras tillbaka.", ["oppose"]),
    ("Föreningen vill se att förslaget dras tillbaka.", ["oppose"]),
    ("Det är angeläget att staten tillskjuter medel.", ["request"]),
    ("Nämnden utgår från att kommunen får ersättning för merkostnaderna.", ["conditional"]),
    ("Nämnden tillstyrker förslaget men förutsätter att merkostnaderna ersätts.", ["conditional"]),
    ("Vi saknar barnperspektivet i utredningen.", ["request"]),
    ("Barnperspektivet saknas.", ["request"]),
    (
        "Badförvaltningen delar bedömningen i promemorian att någon ny brottsrubricering "
        "inte behövs.",
        ["support"],
    ),
    (
        "Vi ställer oss positiva till förslaget, dock med reservation för tidsplanen.",
        ["conditional"],
    ),
    ("Vi ställer oss tveksamma till om registret behövs.", ["oppose"]),
    (
        "Myndigheten efterlyser en närmare analys av hur bestämmelsen förhåller sig till "
        "gällande rätt.",
        ["request"],
    ),
    ("Något behov av ytterligare lagstiftning finns enligt myndighetens mening inte.", ["oppose"]),
    ("Myndigheten ser inget behov av ytterligare lagstiftning.", ["oppose"]),
    ("Universitetet avstår från att yttra sig över betänkandet.", ["abstain"]),
    ("Stadsdelsnämnden lämnar förslaget utan eget ställningstagande.", ["abstain"]),
    ("Remissen föranleder ingen erinran från kommunens sida.", ["no_objection"]),
    ("Kommunen stödjer i allt väsentligt förslagen i strategin.", ["conditional"]),
    ("Vi instämmer med utredningen om att samordningen brister.", ["support"]),
    ("Länsstyrelsen föreslår att ordet skyndsamt stryks.", ["request"]),
    ("Länsstyrelsen anser att ordet skyndsamt bör strykas.", ["request"]),
    ("Länsstyrelsen ifrågasätter inte behovet av reglering.", ["no_objection"]),
    (
        "Kommunen delar uppfattningen att skolorna behöver mer stöd men anser inte att "
        "det är kommunens uppgift.",
        ["support", "oppose"],
    ),
    (
        "Utredningen föreslår en ny lag. Förslaget är enligt Regionens uppfattning välavvägt.",
        ["support"],
    ),
    ("Kommunen ser fram emot den fortsatta dialogen.", []),
    ("Kommunen har cirka 12 000 invånare och arbetar aktivt med frågan.", []),
    ("Av remissen framgår att avgiften ska höjas.", []),
    ("Yttrandet har beretts av miljökontoret.", []),
    (
        "Utredningen bedömer att förslaget inte medför några kostnader för kommunerna. "
        "Kommunen delar inte denna bedömning.",
        ["oppose"],
    ),
    ("Det är svårt att se nyttan med förslaget.", ["oppose"]),
    ("Regionen tillstyrker utredningens förslag i avsnitt 3.", ["support"]),
    ("Regionen har inget att anföra mot förslaget.", ["no_objection"]),
    ("Förvaltningen ser inga skäl att motsätta sig förslaget.", ["no_objection"]),
    ("Högskolan är i allt väsentligt positiv till utredningens förslag.", ["conditional"]),
    ("Högskolan vill dock lämna följande synpunkter på avsnitt 5.", []),
    ("Landsbygdsnätverket efterlyser tydligare skrivningar om kollektivtrafik.", ["request"]),
    ("Nämnden anser att förslaget går för långt.", ["oppose"]),
    ("Kommunen anser att förslaget inte går tillräckligt långt.", ["oppose"]),
    ("Förslaget är inte genomförbart i nuvarande form.", ["oppose"]),
    (
        "Länsstyrelsen välkomnar ambitionen men saknar ett resonemang om finansieringen.",
        ["conditional"],
    ),
    (
        "Länsstyrelsen ser positivt på förslaget. Länsstyrelsen önskar dock att samråd "
        "sker före beslut.",
        ["support", "request"],
    ),
    (
        "Samverkan mellan myndigheterna är enligt nämnden avgörande för att reformen ska lyckas.",
        ["comment"],
    ),
    ("Nämnden förutsätter att kommunen kompenseras ekonomiskt.", ["conditional"]),
    ("Tidplanen bedöms vara för snäv.", ["oppose"]),
    ("Nämnden bedömer att tidplanen är för snäv.", ["oppose"]),
    ("Ikraftträdandet bör senareläggas till den 1 januari 2027.", ["request"]),
    ("Kommunen vill lyfta behovet av en gemensam definition.", ["comment"]),
    ("Kommunen ser ett stort behov av en gemensam definition.", ["request"]),
    (
        "Bolaget har inga synpunkter utöver vad som framgår av branschorganisationens yttrande.",
        ["no_objection"],
    ),
    ("Föreningen ansluter sig till det yttrande som förbundet har lämnat.", ["support"]),
    ("Vi tackar för möjligheten att yttra oss och tillstyrker förslagen.", ["support"]),
    ("Vi avstyrker således förslaget.", ["oppose"]),
    ("Staden avstyrker förslaget eftersom det saknas en konsekvensanalys.", ["oppose"]),
    ("Staden tillstyrker förslaget eftersom nuvarande regler är otydliga.", ["support"]),
    (
        "Utredningens förslag om en tidsgräns tillstyrks, men gränsen bör sättas till två år.",
        ["conditional"],
    ),
    ("Domstolen ställer sig tveksam till den föreslagna skrivningen.", ["oppose"]),
    ("Myndigheten kan ställa sig bakom förslaget.", ["support"]),
    ("Myndigheten kan endast delvis ställa sig bakom förslaget.", ["conditional"]),
    ("Vår bedömning är att förslagen inte är tillräckliga.", ["oppose"]),
    ("Det är beklagligt att frågan inte har utretts.", ["oppose"]),
    ("Myndigheten stöder inte förslaget.", ["oppose"]),
    ("Organisationen motsätter sig förslaget men är positiv till syftet.", ["oppose", "support"]),
    ("Kommunen vill avslutningsvis betona vikten av dialog.", ["comment"]),
    ("Av betänkandet framgår inte hur uppföljningen ska ske.", ["request"]),
    ("Kommunen bedriver redan i dag ett omfattande arbete på området.", []),
    ("Utredningen har haft i uppdrag att föreslå åtgärder.", []),
]


@pytest.mark.parametrize(("text", "labels"), SENTENCES + OTHER_WORDINGS)
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
