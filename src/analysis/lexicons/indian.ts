/** Telugu, Hindi, Tamil and Malayalam, in their scripts and as people type them in Latin letters; of our own choosing. */
export const indianWords: Readonly<Record<number, string>> = {
  4: 'అద్భుతం అద్భుతంగా మహాద్భుతం अद्भुत लाजवाब बेमिसाल అదుర్స్ adbhutam adbhuta lajawab bemisaal',
  3: 'సూపర్ అదిరింది అదిరిపోయింది సూపర్బ్ బ్లాక్‌బస్టర్ గొప్ప గొప్పగా కేక రచ్చ అత్యుత్తమ शानदार जबरदस्त ज़बरदस्त कमाल बेहतरीन धमाकेदार धाकड़ superr adirindi adiripoyindi keka racha shandaar shaandaar zabardast jabardast kamaal kamal behtareen behtarin dhamaka dhansu vera level verithanam semma marana mass pwoli kidu adipoli கேவலமில்லை அருமை சூப்பர் மிரட்டல் அட்டகாசம் അടിപൊളി സൂപ്പർ കിടിലൻ ഗംഭീരം theri gumpara bomma thaggedele',
  2: 'బాగుంది బాగా బాగుంటుంది బావుంది మంచి నచ్చింది నచ్చాయి ఇష్టం ఆనందం సంతోషం విజయం హిట్ ఆకట్టుకుంది ఆకట్టుకునే మెప్పించింది మెప్పించాడు ప్రశంసలు ప్రేమ చక్కగా చక్కని వినోదం అందంగా అందమైన ఉత్తమ బాగున్నాయి మెచ్చుకోదగ్గ ఆసక్తికరంగా ఆహ్లాదకరంగా अच्छा अच्छी अच्छे बढ़िया मस्त सुंदर पसंद प्यार प्यारा मज़ा मजा मजेदार मज़ेदार खुश खुशी सफल हिट दिलचस्प बधाई शुभ जीत bagundi bavundi baundi baga manchi nachindi ishtam santosham chala bagunnadi acha accha achha achi acchi badhiya badiya mast maza mazaa majedar pyaar pyar pyara khush khushi sundar pasand dilchasp sahi gajab ghazab waah wah nalla super nallarukku nallaruku nannayi நல்ல நன்றாக பிடித்தது മികച്ച നല്ല ഇഷ്ടം mubarak shukriya dhanyavad',
  1: 'పర్వాలేదు ఫర్వాలేదు బాగానే ठीक theek thik parvaledu paravaledu okay',
  [-1]: 'నెమ్మదిగా సాగదీత సాగదీసారు సాధారణ మామూలు మామూలుగా రొటీన్ రొటీన్‌గా లోపం లోపించింది తగ్గింది धीमी साधारण kam slow sagadeetha mamulu normalga thikthak',
  [-2]: 'బాలేదు బాగాలేదు బాగోలేదు బాగుండలేదు నచ్చలేదు బోర్ బోరింగ్ బోరు విసుగు నిరాశ నిరాశపరిచింది ఫ్లాప్ తప్పు విఫలం విఫలమైంది విఫలమయ్యాడు కష్టం బాధ కోపం లేదు ఆకట్టుకోలేదు ఆకట్టుకోలేకపోయింది మెప్పించలేదు మెప్పించలేకపోయింది వృథా డిజాస్టర్ बुरा बुरी खराब ख़राब निराश निराशा बोर बोरिंग फ्लॉप दुख दुखी गलत ग़लत नफरत नफ़रत गुस्सा बेकार हार झूठ शर्म baledu bagaledu bagoledu nachaledu nachaledhu boru flop waste nirasha visugu bura buri kharab khraab bekar bekaar bakwas bakwaas galat nafrat dukh dukhi gussa jhoot sharam pakau bore mokka mokkai சலிப்பு பிடிக்கவில்லை മോശം ബോർ mosham chali',
  [-3]: 'చెత్త దరిద్రం దరిద్రంగా ఘోరం ఘోరంగా పరమ बकवास घटिया वाहियात बेहूदा chetha chettha cheththa daridram ghoram ghatiya ghatia wahiyat wahiyaat kevalam கேவலம் மோசம் குப்பை ചവറ് bewakoof bakwaas chutiya',
};

/** They follow or stand before what they turn. */
export const indianNegations = 'nahi nahin nahee nhi mat na नहीं नही मत ना కాదు ledu ledhu illa illai இல்லை ഇല്ല';

export const indianBoosters: Readonly<Record<string, number>> = {
  చాలా: 0.3,
  చాల: 0.3,
  ఎంతో: 0.3,
  chala: 0.3,
  chaala: 0.3,
  बहुत: 0.3,
  bahut: 0.3,
  bohot: 0.3,
  boht: 0.3,
  ekdum: 0.3,
  ekdam: 0.3,
  romba: 0.3,
  valare: 0.3,
};
