/** They stand before what they turn. */
export const indianNegationsBefore = 'mat bina मत बिना';

/** They follow what they turn, within two words. */
export const indianNegationsAfter =
  'nahi nahin nahee nhi nai nahii nhii nahiii naahi नहीं नही नहि ledu ledhu leda ledhuu kadu kaadu kadhu లేదు కాదు లేవు లేని లేడు లేదని కాదని illa illai illae ila illada illaye ille illarnnu இல்லை இல்ல ഇല്ല ഇല്ലാ അല്ല alla allaa';

/** After them the other side follows. */
export const indianContrasts =
  'lekin magar par parantu kintu कि‍न्तु लेकिन मगर परंतु किंतु पर కానీ కాని అయితే ఐతే kani kaani kaanee aithe ayithe aanal aana aanaa ஆனால் ஆனா pakshe പക്ഷെ പക്ഷേ';

export const indianBoosters: Readonly<Record<number, string>> = {
  0.35: 'చాలా చాల ఎంతో బాగా మరింత మస్తు chala chaala chalaa chaalaa baga entho बहुत बहोत बड़ा बेहद अति एकदम काफी bahut bohot bahot boht bht bhut bahuth bauhat behad ekdum ekdam kaafi kafi itna itni itne sabse romba rombo ரொம்ப மிக மிகவும் valare വളരെ bhayankara ഭയങ്കര full puri pura bilkul bilkool',
  [-0.3]: 'కొంత కొంచెం కాస్త konchem koncham kastha thoda thodi thode थोड़ा थोड़ी कुछ konjam konjum கொஞ்சம் kurach കുറച്ച്',
};
