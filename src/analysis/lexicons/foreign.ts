/** Frequent little words of languages, mostly in Latin letters, that are not scored. Words that English or the Indian languages have too are left out. */
export const foreignWords =
  'el los las una unos pero muy esta este está están por para como que qué del yo tu ella nosotros también más porque cuando donde hay fue eso esto mucho todo película gusta ' +
  'o os uma um não muito isso ele ela você mas também foi são tem aqui filme obrigado meu minha ' +
  'und der die das nicht ist ein eine einen mit auf sehr ich du wir sie aber auch noch nur wie wenn dass für von zum zur bei nach über schon gut schlecht war hat mir mich kein keine ' +
  'le les des une est pas très avec pour dans il elle nous vous je mais ce cette ces qui sur au aux du son sont plus bien trop être avoir fait suis ' +
  'gli che di non più per con sono molto anche questo questa della nel bello brutto ho lo ' +
  'het een niet van voor ik jij wij maar ook nog deze dit heel erg goed slecht naar bij zijn heeft ' +
  'bir çok ve için bu ama değil gibi daha ben sen güzel iyi kötü ' +
  'yang dan ini itu tidak saya aku kamu dengan untuk sangat sekali bagus jelek adalah ada juga bisa sudah belum banget nonton ' +
  'ang mga ng ako ikaw siya kasi lang naman talaga maganda pangit po ' +
  'nie się jest bardzo ale że jak tak dla czy być dobry zły ' +
  'det och att som inte för en på är var jag har ikke jeg og av med til meget ' +
  'nem és hogy egy nagyon jó rossz je se že ale není velmi ' +
  'आहे आणि नाही-mr होते आहेत मला खूप छ छन् हुन्छ भयो ' +
  'magnifique adoré génial géniale nulle ennuyeux toll toller tolle großartig großartiger großartige langweilig schön gefallen encantó encanta excelente maravillosa maravilloso buena bueno buenas malo mala aburrida maravilhoso ótimo ótima ruim horrível adorei bellissimo bellissima stupendo brutto noioso mooi mooie leuk prachtig saai luar biasa mantap keren seru güzeldi harika berbat świetny fantastyczny nudny pelikula ganda panget';
