import type { Strengths } from './strengths.js';

/** Tamil in its script, of our own choosing. A * stands for any ending. */
export const tamil: Strengths = {
  4: 'அற்புத* பிரமாத* அபார* மகத்தான பிரம்மாண்ட* உன்னத* தலைசிறந்த',
  3: 'அருமை* சூப்பர்* மிரட்டல்* மிரட்டி* அட்டகாச* வேற லெவல் தெறி* மாஸ்* செம* சிறப்பு* சிறப்பா* சிறந்த* பட்டைய* பட்டாசு* கலக்க* கலக்கி* அசத்தல்* அசத்தி* வெறித்தன* பிளாக்பஸ்டர்* கொண்டாட்ட* தரமான* தரம் மெர்சல்* அடிபொலி*',
  2.2: 'நல்ல* நன்ற* நன்றி* நல்லா* பிடித்த* பிடிச்ச* புடிச்ச* அழக* அழகு* இனிமை* இனிய மகிழ்ச்சி* சந்தோஷ* சந்தோச* வெற்றி* வாழ்த்து* வாழ்த்துக்கள்* வாழ்க* அன்பு* காதல்* ரசி* ரசித்த* சிரி* நகைச்சுவை* பாராட்டு* உணர்ச்சி* ஈர்க்க* ஹிட்* விருது* பெருமை* நம்பிக்கை* தல தளபதி* தலைவா* தலைவர்* பாசம்* உற்சாக* எதிர்பார்* ஓகே பார்க்கலாம் மாஸா* கெத்து* வாவ்*',
  [-1.2]: 'மெதுவா* சாதாரண* சுமார்* நீள* குழப்ப* பழைய* குறை* கஷ்ட* சந்தேக* இழு*',
  [-2.4]:
    'சலிப்ப* பிடிக்கவில்லை பிடிக்கல* புடிக்கல* போர்* அறுவை* தோல்வி* ஏமாற்ற* ஏமாந்த* சோக* வருத்த* கோப* தவற* தப்பு* பிளாப்* வீண்* கடுப்பு* கடுப்பா* வெறுப்ப* வெறுத்த* மொக்கை* மொக்க* அழு* மரண* தலைவலி* கேலி* திருட்டு* காப்பி*',
  [-3.4]: 'கேவல* மோச* குப்பை* மட்டம்* மட்டமா* கொடுமை* நாசம்* சகிக்க* தூ அசிங்க* படுமோச* நாய்* தேவடியா*',
};

/** The same in Latin letters. */
export const tamilRomanised: Strengths = {
  4: 'arputham arpudham pramadham pramaadham prammadam abaaram brammandam',
  3: 'semma semmaya semmaiya sema semaya semmaa semaa theri therii therikka verithanam veritanam verithanamaana arumai arumaiya arumaiyana superah superaa mass maass massu marana maranamass pattaya pattasu pattaasu kalakkal kalakitta kalakiteenga kalakkitta kalaku asathal asathitta mersal gethu geththu kethu thara tharam tharamaana tharamana thalaivaa thalaiva thalaivar thalaivan thalapathy thalapathi waiting vaera veralevel verelevel lvl kola kolamass thoolu thool thoola dhool thaaru taaru sirappu siraponga sirappa siruppu mirattal miratal blockbustr vetri vettri vetrii verra',
  2.2: 'nalla nallaa nallah nallaruku nallarukku nallarku nallairuku nallaairuku nallairukku nallathu nalladhu nandri nanri pudichiruku pudichirukku pidichiruku pudichurku pudichu pidichu azhagu alagu azhaga azhagana magizhchi santhosam sandhosam vazhthukkal vaazhthukkal valthukkal vaalthukkal valthukal vazhthukal vazhga vaazhga valga anbu anbe kadhal kaadhal rasichu sirippu perumai nambikkai thala thalaa anna annan annaa anne sama samma paasam paakalam pakalam kandippa ethirpakkurom wait',
  [-1.2]: 'sumar sumaar sumara mella kashtam kastam kuzhappam pazhaya ennada ennaya ethuku',
  [-2.4]:
    'mokka mokkai mokkaya mokke mokkaa mokkapadam kadupu kaduppu kadupa kandravi karumam karmam thavaru thappu tholvi yemathiteenga yemaathitanga emathitanga veen verupu veruppu aruva aruvai thalavali pudikala pudikkala pidikala nallala nallaila nallaillai bayam sogam padukevalam sothappal sothapal sodhapal sothappitanga sothapitanga sodhappi copy kaapi thevayilla',
  [-3.4]:
    'kevalam kevalama kevalamana mosam mosama mosamana kuppai kuppa kuppapadam mattam mattama kodumai kodumaida asingam asingama sagikala nasam naasam naaye naai punda pundai sunni thevdiya thevidiya oombu loosu',
};
