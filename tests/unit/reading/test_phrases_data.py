"""The phrase lexicon on ordinary reporting that sounds like boilerplate, and on boilerplate in many wordings."""

from __future__ import annotations

import pytest

from streams.reading.boilerplate import clean
from streams.reading.lines import split
from streams.reading.phrases import phrases

BEFORE = (
    "Gunmen attacked a police station in the northern town of Maru on Tuesday, killing three officers, police said."
)
AFTER = "The army said it had sent two hundred soldiers to the area and closed the road to the border on Tuesday night."

REPORTING = """
Share prices fell in the capital after the coup attempt.
Share the burden of the refugees, the minister told his colleagues.
Read the letter and you will see that he is afraid, his lawyer said.
Related charges against two other officers were dropped on Friday.
Related to the president by marriage, the general commands the guard.
Follow-up talks are to be held in Doha next month.
Follow-on talks between the two sides broke down on Sunday.
Comment from the ministry was not immediately available.
Commenting on this, the spokesman said that no troops had crossed the border.
Comments by the prime minister angered the opposition.
Photo evidence was shown to the court on Thursday.
By Friday the rebels had taken four villages.
By our count, at least 40 people were killed.
By continuing to fire missiles, the North isolates itself, he said.
By signing up to the deal, both sides agreed to free all prisoners.
By submitting the bill, the government broke its promise to the unions.
By tapping telephones, the secret police learned of the plan.
By registering late, the party lost its place on the ballot.
More on the border had been arrested earlier, the governor said.
More details will be announced on Friday, the ministry said.
More from the village arrived at the hospital during the night.
Subscribe to the view that war is inevitable, and you stop talking, the envoy said.
Subscribers to the state telephone company were cut off during the vote.
Advertisement boards were burned by the crowd.
Advertising for the election campaign is banned from Saturday.
Sign up for service or face jail, the decree tells all men under 40.
Watch towers along the frontier were destroyed by drones.
Watching from a roof, she saw soldiers open fire.
Top stories of the building collapsed after the strike.
Recommended by the commission, the reform was rejected by the senate.
Trending downwards, the number of attacks reached its lowest level since 2015.
Latest news from the front was not good, an officer said.
Latest figures show that 300 people died in the floods.
Also from Kherson, two wounded soldiers were brought to the city.
Most of those who read the statement refused to sign it.
Popular protests forced the president to resign in 2019.
Editors of three newspapers were arrested on Monday.
Editor-in-chief Ana Lopez was shot outside her home.
Reported rapes in the region doubled in a year.
Edited footage of the killing was shown on state television.
Translated from Arabic, the slogan means that the people want change.
Distributed by the United Nations, the flour lasted only two days.
Posted by a resident, the clip shows a tank on fire.
Published in January, the report accuses both armies of war crimes.
Published on Monday, the ruling orders new elections.
Updated maps show that the army has lost the airfield.
Originally published in Paris, the newspaper is now printed in exile.
First published in 1990, the book was banned by the junta.
With agencies short of money, the camps will close in March.
With reports from the front growing worse, the cabinet met at night.
With inputs growing dearer, farmers blocked the motorway.
File copies of the contract were found in the ruins.
Handouts of bread were stopped after the shooting.
Courtesy visits to the palace were cancelled after the attack.
Pictures of the dead were laid in front of the palace.
Supplied with rockets by Iran, the militia attacked the port.
Video evidence led to the arrest of the colonel.
The views of the generals were not heard by the commission.
Opinions expressed by the judge caused a protest of lawyers.
Rights groups say that all of the rights reserved for the minority were abolished.
Reproduction of the map was banned by the military court.
Unauthorised use of drones is punished with prison.
Any unauthorised drone will be shot down, the general warned.
No part of this country will be given away, he told the crowd.
Disclaimers of guilt came from both militias.
The publisher is not in custody any more, his wife said.
Home to 40,000 people, the camp has no clean water.
Home Secretary Priya Nair resigned on Wednesday.
Search for survivors was called off at dusk.
Next week the two presidents meet in Geneva.
Back to back attacks killed eleven soldiers.
Page 12 of the indictment names the minister.
Tagged as traitors, the officers fled to Turkey.
Contact with the garrison was lost at noon.
About 300 people were arrested.
Support for the government fell after the massacre.
Support us with weapons, not with words, the president told the allies.
Supporters of the opposition threw stones at the police.
Donate blood, the hospital asked the people of the city.
Donations from abroad paid for the campaign, prosecutors say.
Your support helps us to survive, the president told parliament.
Our independence is not for sale, the premier said.
Our journalism is not a crime, the accused told the court.
We are now closing the border, the interior minister said.
We have launched a new offensive, the colonel said.
We will send you home, he told the prisoners.
Thank you for joining us in this fight, he told the recruits.
I am handing over power to the vice-president, he said.
Welcome to our country, he said to the refugees.
Live ammunition was used against the demonstrators.
Live coverage of the trial was forbidden by the judge.
Breaking news of the coup reached the embassy at dawn.
Developing countries demanded more aid at the summit.
Stay with your families, the mayor told the residents.
To continue using the base, the Americans must pay more.
To unlock the funds, the government must free the judges.
To support our allies, we will send more tanks, she said.
To receive more aid, the junta must hold elections.
Already a member of the alliance, the country closed its ports.
Not a member of NATO, the country asked Sweden for help.
Unlimited access to the prisons was refused.
Full access to Gaza was demanded by the envoy.
Just $5 million was paid for the release of the hostages.
From $1 billion last year, arms exports rose to three.
An error occurred during the launch, the space agency said.
There was an error in the count, the electoral commission admitted.
Something went wrong during the exchange of prisoners.
Download speeds dropped as the state cut the internet.
Join us on the streets, the opposition leader said.
Loading of grain ships stopped after the missile strike.
Looking for more survivors, rescuers dug through the night.
For more political than military reasons, the siege was lifted.
For the latest victims, help came too late.
New video shows a missile hitting the bridge.
Here are more details of the deal that was signed on Sunday.
The death toll will be updated as more bodies are found, officials said.
A post shared by the army said that the town had fallen.
A video posted by the rebels shows two captured soldiers.
The pupils read more about the massacre in secret.
Lee: We will not talk to terrorists.
Like us, they lost their homes in the war.
Like many others, he was tortured in prison.
Yes.
"""

BOILERPLATE = {
    "promo": """
Related Articles: ~ RELATED NEWS ~ More on this story ~ More On This Topic ~ You May Also Like
You might also enjoy ~ Recommended for you ~ Recommended Reading ~ Most Read ~ MOST READ STORIES
Most Popular Now ~ Editor’s Picks ~ EDITORS' CHOICE ~ Trending Now ~ Trending stories: ~ What to read next
In this section ~ Top Stories Today ~ Also in News ~ Also in this section ~ More from World ~ More from Africa
More From Author ~ Further reading ~ Don't Miss These ~ In case you missed it: the week in Africa
ICYMI: President quits ~ Must-read: how the coup failed ~ Read more: Army takes town
READ ALSO: Three held over riot ~ Also Read | Two ministers resign ~ SEE ALSO: The map
Watch: Tanks enter the town ~ WATCH | Governor speaks ~ Click here for more
For more information, visit www.example.org ~ For the latest news, follow our channel ~ Stay tuned for updates
This is a developing story. ~ More to follow… ~ This breaking news story is being updated
Please check back for updates ~ Was this article helpful? ~ Load more stories ~ Related: The long war
Related Story: The long war ~ Weiterlesen ~ Lesen Sie auch: Der Krieg ~ Das könnte Sie auch interessieren
Lire aussi : la guerre ~ Lire la suite ~ Sur le même sujet ~ À lire également ~ Leer más
Te puede interesar: la guerra ~ Lo más leído ~ Noticias relacionadas ~ Leia também: a guerra ~ Mais lidas
Veja também ~ Leggi anche: la guerra ~ Articoli correlati ~ Continua a leggere ~ Читайте также: война
Материалы по теме ~ Читать далее ~ Читайте також: війна ~ Читати далі ~ Новини партнерів ~ اقرأ أيضاً
اقرأ أيضا: الحرب ~ مواضيع ذات صلة ~ Devamını oku ~ DEVAMINI OKU ~ İlgili Haberler ~ Lees ook: de oorlog
Czytaj także: wojna ~ Přečtěte si také ~ Διαβάστε επίσης: πόλεμος ~ Baca juga: perang ~ Xem thêm ~ 相关阅读
相关新闻： ~ 関連記事 ~ 관련기사 ~ और पढ़ें ~ یہ بھی پڑھیں ~ עוד בנושא ~ Läs också: kriget ~ Pročitajte još""",
    "share": """
Share this article ~ SHARE ON FACEBOOK ~ Share via e-mail ~ Copy link ~ Link copied! ~ Facebook Twitter WhatsApp
Follow us on X ~ Follow us on Instagram and TikTok ~ Connect with us ~ Find us on YouTube ~ Tweet this
3 min read ~ Listen to this article ~ Email this article ~ Save for later ~ Print Email ~ Add us on Google
Opens in new window ~ Teilen ~ Per E-Mail teilen ~ Partager sur WhatsApp ~ Suivez-nous sur Twitter
Síguenos en Facebook ~ Compartir ~ Подписывайтесь на наш канал ~ Підписуйтесь на наш Telegram ~ تابعونا على فيسبوك
Bizi takip edin ~ 分享到 ~ シェアする""",
    "comments": """
Leave a Reply ~ Post a comment ~ Comments (0) ~ Join the conversation ~ View all comments ~ Log in to comment
Comments are closed. ~ Comments are moderated before they appear ~ You must be logged in to post a comment.
Tell us what you think ~ Share your thoughts in the box ~ Have your say ~ Report abuse ~ Kommentar schreiben
Deja un comentario ~ Laisser un commentaire ~ Оставить комментарий ~ اترك تعليقا ~ Yorum yap
Save my name for next time""",
    "signup": """
Sign up for our morning email ~ Sign up to receive alerts ~ Subscribe to our newsletter ~ Subscribe now
Sign in to read ~ Already a subscriber? Log in ~ Become a member today ~ Get the latest headlines
Get our daily digest ~ Delivered to your inbox ~ Unlock this article ~ This article is for subscribers only
To continue reading, register ~ You have reached your free article limit ~ Start your free trial
Support our journalism ~ Donate now ~ Make a donation ~ Join our WhatsApp channel ~ Join our Telegram group
Download our app ~ Get it on Google Play ~ Accept all cookies ~ We use cookies to improve this site
Manage consent ~ We value your privacy ~ Cookie settings ~ Forgot your password?
By clicking Subscribe, you agree to our terms ~ Jetzt abonnieren ~ Déjà abonné ? ~ Article réservé aux abonnés
Suscríbete a nuestro boletín ~ Iniciar sesión ~ Assine já ~ Iscriviti alla newsletter ~ Подписка на новости
Abone ol ~ تسجيل الدخول ~ 登录 ~ ログイン ~ Tout accepter ~ Alle akzeptieren ~ Aceptar todas las cookies""",
    "advertisement": """
ADVERTISEMENT ~ - Advertisement - ~ Advertisement: ~ Story continues below ~ Article continues after advertisement
Sponsored post ~ Paid post ~ Report this ad ~ Anzeige ~ Publicité ~ PUBLICIDAD ~ На правах рекламы ~ إعلان ~ 広告""",
    "player": """
Open image in gallery ~ View gallery ~ Click to enlarge ~ Hide caption ~ Toggle caption ~ Play audio ~ Now playing
Exit fullscreen ~ Image 1 of 9 ~ Photo gallery ~ Your browser does not support the audio element ~ Смотреть видео""",
    "placeholder": """
Image not found ~ Please wait... ~ View this post on Instagram ~ Something went wrong ~ Page not found ~ undefined
Enable JavaScript and cookies to continue ~ Allow Twitter content? ~ No image available ~ Загрузка...
Wird geladen""",
    "credit": """
AFP via Getty Images ~ EPA-EFE/A NAME ~ AP Photo/A. Name ~ Photo courtesy: the ministry ~ File photo ~ Handout
Representational image ~ Screengrab ~ Image credit: Agency ~ Anadolu via Getty Images ~ Foto de archivo
Symbolbild ~ Архивное фото ~ Фото: Агентство ~ صورة أرشيفية ~ 资料图 ~ For illustrative purposes only
Photo: Name/Agency""",
    "byline": """
Our Special Correspondent ~ With inputs from agencies ~ (Reporting by A. Writer; Editing by B. Reader) ~ (ANI)
Additional reporting by C. Writer ~ By our staff reporter ~ News Desk
The Associated Press contributed to this report. ~ Staff and agencies ~ With AFP ~ Web Desk
Compiled by C. Writer ~ About the author ~ Avec AFP ~ Haber Merkezi""",
    "timestamp": """
Last updated ~ Published: ~ Last modified: ~ an hour ago ~ This article is more than 2 years old ~ Опубликовано
Zuletzt aktualisiert ~ Publié le 3 mai ~ Última actualización: ayer ~ آخر تحديث""",
    "legal": """
This report was first published by the agency. ~ All rights reserved ~ Views expressed are personal
The opinions expressed in this article are those of the author. ~ Republished with permission
Alle Rechte vorbehalten ~ Todos los derechos reservados ~ Все права защищены
Except for the headline, this story comes from a syndicated feed""",
    "navigation": """
Skip to content ~ Skip to main content ~ Next page ~ Older posts ~ Page 2 of 5 ~ Filed Under: World ~ Tags: war
Related topics: war ~ Table of contents ~ Terms of Service ~ Do not sell my personal information ~ Newer posts
Zum Inhalt springen ~ Aller au contenu ~ Palabras clave: guerra ~ Теги: война ~ الرئيسية ~ Ana sayfa ~ 首页""",
    "liveblog": """
Good morning and welcome to our live blog ~ Thanks for joining us ~ That's all for today
This liveblog is now closed ~ We are closing this live page ~ I'm handing over to my colleague ~ Stay with us
Our live coverage has ended""",
}


def _lines(block: str) -> list[str]:
    return [line.strip() for row in block.strip().splitlines() for line in row.split(" ~ ")]


CASES = [(reason, line) for reason, block in BOILERPLATE.items() for line in _lines(block)]
SENTENCES = REPORTING.strip().splitlines()


def test_there_is_enough_of_both() -> None:
    assert len(set(SENTENCES)) == len(SENTENCES) >= 120
    assert len({line for _, line in CASES}) == len(CASES) >= 250


@pytest.mark.parametrize("line", SENTENCES)
def test_reporting_is_never_taken_for_boilerplate(line: str) -> None:
    assert phrases().reason(line) is None
    kept, removed = clean(list(split(f"{BEFORE}\n\n{line}\n\n{AFTER}")))
    assert [found.text.text for found in kept] == [BEFORE, line, AFTER]
    assert removed == []


@pytest.mark.parametrize(("reason", "line"), CASES)
def test_boilerplate_is_told_with_its_reason(reason: str, line: str) -> None:
    assert phrases().reason(line) == reason
