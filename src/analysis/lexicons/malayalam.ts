import type { Strengths } from './strengths.js';

/** Malayalam in its script, of our own choosing. A * stands for any ending. */
export const malayalam: Strengths = {
  4: 'അത്ഭുത* അദ്ഭുത* അതിഗംഭീര* ഉജ്ജ്വല* അവിസ്മരണീയ*',
  3: 'അടിപൊളി* സൂപ്പർ* സൂപ്പര്‍* കിടിലൻ* കിടിലം* കിടിലന്‍ കിടു* ഗംഭീര* പൊളി* പൊളിച്ച* തകർത്ത* തകര്‍ത്ത* തകർപ്പൻ* കലക്ക* കലക്കി* മാസ്സ്* മാസ്* മരണമാസ്* മികച്ച* മികവ* അപാര* വേറെ ലെവൽ രോമാഞ്ച* ബ്ലോക്ക്ബസ്റ്റർ* മിന്നിച്ച* തീ പൊരിച്ച* ഇടിവെട്ട്* പൊളിക്ക*',
  2.2: 'നല്ല* നന്നായി* നന്ദി* ഇഷ്ട* മനോഹര* സന്തോഷ* വിജയ* ആശംസ* അഭിനന്ദന* സ്നേഹ* ഭംഗി* രസ* രസക* ചിരി* ഹിറ്റ്* പ്രതീക്ഷ* ഇക്ക* ഏട്ടൻ* ലാലേട്ട* മമ്മൂക്ക* കട്ട* വെയിറ്റിംഗ്* സുന്ദര* മധുര* അഭിമാന* ഹൃദ്യ* പ്രണയ* ജയ* ഉഗ്രൻ* ഉഗ്രന്‍ കൊള്ളാം* കൊള്ളാല്ലോ മുത്ത്* മുത്തേ ചങ്ക്*',
  [-1.2]: 'ശരാശരി* സാധാരണ* പതുക്കെ* ഇഴ* ഇഴച്ചിൽ* കുറവ്* കഷ്ട* സംശയ* പഴയ*',
  [-2.4]:
    'ബോർ* ബോറ* നിരാശ* പരാജയ* തോൽവി* വെറുപ്പ* വെറുപ്പിക്ക* ചളി* ദുരന്ത* പൊട്ട* പൊട്ടും* പൊട്ടി* എട്ടുനിലയിൽ തെറ്റ്* വിഷമ* സങ്കട* ദേഷ്യ* തലവേദന* കോപ്പി* നഷ്ട* ഫ്ലോപ്പ്* ഡിസ്‌ലൈക്ക്*',
  [-3.4]: 'മോശ* ചവറ* കൂറ* അറുബോറ* വൃത്തികെട്ട* ഊള* മൈര* തെണ്ടി* നാറി* ദുരന്തം അയ്യേ',
};

/** The same in Latin letters. */
export const malayalamRomanised: Strengths = {
  4: 'athbutham adbhutham ugran ugranayi ujwalam',
  3: 'adipoli adipwoli adipolli adipoly adpoli pwoli pwolii pwolichu poli polii poliyanu polichu polikkum pwolikkum polik powli powlichu polichadukki kidu kiduu kidukki kidukkum kidilan kidilam kidilol kidillan kiduve gambheeram gambhiram gambeeram thakarthu thakarppan thakarkkum kalakki kalakkum kalakkan marana maas maass massaanu maranamass romancham romanjam theepori minnichu minnikkum pwolippan ikkaa ettan laletta lalettan lalettaaa mammookka mamooka mammukka ikka ikkaaa katta kattawaiting waitingggg',
  2.2: 'nannayi nannayitund nannayittund nannayirunnu nannaayi nalloru nallath nallathu ishtam ishtamayi ishtapettu ishttam ishtayi manoharam santhosham vijayam aashamsakal ashamsakal abhinandanangal sneham rasam rasamund chiri prathiksha pratheeksha muthe muth muthaanu chunke machane machaane kollam kollaam kollallo kollalo sundaram hridyam feel adikkum hittakum hittu',
  [-1.2]: 'sharasari sadharanam izhachil kuravu kashtam',
  [-2.4]:
    'chali chaliyanu chaali boradi boradichu boraanu borayi verupikkal verupikkum veruppikkal veruppichu verupp durantham dhurantham duranthamaanu pottum potti pottiya pottumennu pottaa floppakum flopaanu nirasha niraasha parajayam tholvi thettu vishamam thalavedana dislike dislikes dislikeadi dislikers ayyo koppila kopp kopila',
  [-3.4]:
    'mosham moshamaanu moshamayi moshamanu chavar chavaru chavaraanu koora kooratharam oola oolapadam myr myre mairu maire thendi naari ayyee ayye vrithiketta arubor',
};
