/** A name as somebody may type it, with the TMDB id of the film that is meant, or why no single one is. */
type MatchingQuery = readonly [name: string, meant: number | 'none' | 'ambiguous'];

export interface MatchingKind {
  readonly kind: string;
  readonly queries: readonly MatchingQuery[];
}

/** Our own table: names as people type them, over the films of the reference data. */
export const matchingKinds: readonly MatchingKind[] = [
  {
    kind: 'year in brackets',
    queries: [
      ['Spider-Man (2002)', 557], // Spider-Man (2002)
      ['It (2017)', 346364], // It (2017)
      ['Halloween (1978)', 948], // Halloween (1978)
      ['Halloween (2018)', 424139], // Halloween (2018)
      ['Carrie (1976)', 7340], // Carrie (1976)
      ['RRR (2022)', 579974], // RRR (2022)
      ['Dune (1984)', 841], // Dune (1984)
      ['Dune (2021)', 438631], // Dune (2021)
      ['The Mummy (1932)', 15849], // The Mummy (1932)
      ['Solaris [2002]', 2103], // Solaris (2002)
      ['Drishyam (2013)', 244049], // Drishyam (2013)
      ['Drishyam (2015)', 352173], // Drishyam (2015)
      ['King Kong (1933)', 244], // King Kong (1933)
      ['a star is born (1954)', 3111], // A Star Is Born (1954)
      ['The Karate Kid (1984)', 1885], // The Karate Kid (1984)
      ['Little Women (1994)', 9587], // Little Women (1994)
    ],
  },
  {
    kind: 'year off by one',
    queries: [
      ['Spider-Man (2003)', 557], // Spider-Man (2002)
      ['RRR (2021)', 579974], // RRR (2022)
      ['Parasite (2020)', 496243], // Parasite (2019)
      ['Carrie (1977)', 7340], // Carrie (1976)
      ['Little Women (2020)', 331482], // Little Women (2019)
      ['The Thing (1983)', 1091], // The Thing (1982)
      ['Psycho (1961)', 539], // Psycho (1960)
      ['Dune (1985)', 841], // Dune (1984)
      ['Get Out (2016)', 419430], // Get Out (2017)
      ['Dangal (2017)', 360814], // Dangal (2016)
      ['King Kong (2006)', 254], // King Kong (2005)
      ['Baahubali (2016)', 256040], // Bāhubali: The Beginning (2015)
      ['Suspiria (2017)', 361292], // Suspiria (2018)
    ],
  },
  {
    kind: 'short titles',
    queries: [
      ['It', 346364], // It (2017)
      ['Up', 14160], // Up (2009)
      ['RRR', 579974], // RRR (2022)
      ['rrr', 579974], // RRR (2022)
      ['V', 683342], // V (2020)
      ['M', 832], // M (1931)
      ['96', 441717], // 96 (2018)
      ['PK', 297222], // PK (2014)
      ['2.0', 373449], // 2.0 (2018)
      ['I', 263471], // I (2015)
      ['Her', 152601], // Her (2013)
      ['Us', 458723], // Us (2019)
      ['300', 1271], // 300 (2007)
      ['9', 12244], // 9 (2009)
      ['Saw', 176], // Saw (2004)
      ['Don', 17501], // Don (2006)
      ['Coco', 354912], // Coco (2017)
      ['1917', 530915], // 1917 (2019)
      ['2012', 14161], // 2012 (2009)
      ['Kill', 1160018], // Kill (2024)
      ['Ida', 209274], // Ida (2013)
      ['Ran', 11645], // Ran (1985)
    ],
  },
  {
    kind: "'movie' and other added words",
    queries: [
      ['rrr movie', 579974], // RRR (2022)
      ['RRR film', 579974], // RRR (2022)
      ['rrr full movie', 579974], // RRR (2022)
      ['Inception movie', 27205], // Inception (2010)
      ['titanic film', 597], // Titanic (1997)
      ['pushpa full movie', 690957], // Pushpa: The Rise - Part 1 (2021)
      ['Dangal movie', 360814], // Dangal (2016)
      ['kantara movie', 858485], // Kantara (2022)
      ['interstellar full movie hd', 157336], // Interstellar (2014)
      ['It movie', 346364], // It (2017)
      ['The Lego Movie', 137106], // The Lego Movie (2014)
      ['Bee Movie', 5559], // Bee Movie (2007)
      ['Scary Movie', 4247], // Scary Movie (2000)
      ['scary movie 3', 4256], // Scary Movie 3 (2003)
      ['avatar trailer', 19995], // Avatar (2009)
    ],
  },
  {
    kind: 'spellings of a name of another script',
    queries: [
      ['Bahubali', 256040], // Bāhubali: The Beginning (2015)
      ['Baahubali', 256040], // Bāhubali: The Beginning (2015)
      ['bahubali 2', 350312], // Bāhubali 2: The Conclusion (2017)
      ['Baahubali 2 the conclusion', 350312], // Bāhubali 2: The Conclusion (2017)
      ['Padmavat', 432527], // Padmaavat (2018)
      ['Padmaavath', 432527], // Padmaavat (2018)
      ['Gajini', 14070], // Ghajini (2008)
      ['Kahani', 82825], // Kahaani (2012)
      ['Andadhun', 534780], // Andhadhun (2018)
      ['Sahoo', 454292], // Saaho (2019)
      ['Pushpaa', 690957], // Pushpa: The Rise - Part 1 (2021)
      ['Drishyum', 352173], // Drishyam (2015)
      ['Jodha Akbar', 14073], // Jodhaa Akbar (2008)
      ['Soorarai Potru', 595228], // Soorarai Pottru (2020)
      ['Ratchasan', 412862], // Ratsasan (2018)
      ['Premam', 341895], // Premam (2015)
      ['Dabang', 44425], // Dabangg (2010)
      ['Shole', 12259], // Sholay (1975)
      ['Krish', 32740], // Krrish (2006)
      ['Talash', 86004], // Talaash (2012)
      ['Rajneeti', 37951], // Raajneeti (2010)
      ['Veer Zara', 4251], // Veer-Zaara (2004)
      ['Kabhi Khushi Kabhi Gham', 10757], // Kabhi Khushi Kabhie Gham (2001)
      ['Brahmastra', 496331], // Brahmāstra Part One: Shiva (2022)
      ['Minnal Murly', 657644], // Minnal Murali (2021)
    ],
  },
  {
    kind: 'titles in their own script: Telugu',
    queries: [
      ['పుష్ప', 690957], // Pushpa: The Rise - Part 1 (2021)
      ['రౌద్రం రణం రుధిరం', 579974], // RRR (2022)
      ['బాహుబలి', 256040], // Bāhubali: The Beginning (2015)
      ['బాహుబలి 2', 350312], // Bāhubali 2: The Conclusion (2017)
      ['ఈగ', 148265], // Eega (2012)
      ['అర్జున్ రెడ్డి', 473234], // Arjun Reddy (2017)
      ['సాహో', 454292], // Saaho (2019)
      ['మనం', 253533], // Manam (2014)
      ['మహానటి', 459713], // Mahanati (2018)
      ['సీతా రామం', 894803], // Sita Ramam (2022)
      ['కల్కి', 801688], // Kalki 2898-AD (2024)
      ['దేవర', 811941], // Devara: Part 1 (2024)
      ['మా ఇంటి బంగారం', 1227241], // Maa Inti Bangaram (2026)
      ['హాయ్ నాన్న', 1068452], // Hi Nanna (2023)
      ['గీత గోవిందం', 540468], // Geetha Govindam (2018)
      ['జనతా గ్యారేజ్', 405924], // Janatha Garage (2016)
    ],
  },
  {
    kind: 'titles in their own script: Hindi',
    queries: [
      ['दंगल', 360814], // Dangal (2016)
      ['पीके', 297222], // PK (2014)
      ['शोले', 12259], // Sholay (1975)
      ['देवदास', 15917], // Devdas (2002)
      ['लगान', 19666], // Lagaan: Once Upon a Time in India (2001)
      ['तारे ज़मीन पर', 7508], // Like Stars on Earth (2007)
      ['कुछ कुछ होता है', 11854], // Kuch Kuch Hota Hai (1998)
      ['दिलवाले दुल्हनिया ले जायेंगे', 19404], // Dilwale Dulhania Le Jayenge (1995)
      ['जवान', 872906], // Jawan (2023)
      ['पठान', 864692], // Pathaan (2023)
      ['सुल्तान', 376812], // Sultan (2016)
      ['कहानी', 82825], // Kahaani (2012)
      ['बर्फी', 127501], // Barfi! (2012)
      ['अंधाधुन', 534780], // Andhadhun (2018)
      ['गजनी', 14070], // Ghajini (2008)
      ['तुम्बाड', 538858], // Tumbbad (2018)
    ],
  },
  {
    kind: 'titles in their own script: Tamil',
    queries: [
      ['விக்ரம்', 743563], // Vikram (2022)
      ['கைதி', 587030], // Kaithi (2019)
      ['எந்திரன்', 148284], // Enthiran (2010)
      ['மாஸ்டர்', 626392], // Master (2021)
      ['ஜெய் பீம்', 855400], // Jai Bhim (2021)
      ['கபாலி', 366080], // Kabali (2016)
      ['மகாராஜா', 1118224], // Maharaja (2024)
      ['தீவிரவாதி', 48233], // Terrorist, The (a.k.a. Malli) (1998)
      ['மாஸ் என்கிற மாசிலாமணி', 329134], // Massu Engira Maasilamani (2015)
      ['துப்பாக்கி', 143010], // Thuppakki (2012)
      ['கர்ணன்', 680652], // Karnan (2021)
      ['அமரன்', 927342], // Amaran (2024)
      ['டிசி', 1479832], // DC (2026)
    ],
  },
  {
    kind: 'titles in their own script: Malayalam and Kannada',
    queries: [
      ['മിന്നൽ മുരളി', 657644], // Minnal Murali (2021)
      ['പ്രേമം', 341895], // Premam (2015)
      ['ദൃശ്യം', 244049], // Drishyam (2013)
      ['ദൃശ്യം 2', 706872], // Drishyam 2 (2021)
      ['ലൂസിഫർ', 564701], // Lucifer (2019)
      ['ആവേശം', 1084812], // Aavesham (2024)
      ['പ്രേമലു', 1149791], // Premalu (2024)
      ['ഹൃദയം', 653221], // Hridayam (2022)
      ['ഭ്രമയുഗം', 1166133], // Bramayugam (2024)
      ['ഉറുമി', 115432], // Urumi (2011)
      ['മാർക്കോ', 1186350], // Marco (2024)
      ['ಕಾಂತಾರ', 858485], // Kantara (2022)
    ],
  },
  {
    kind: 'titles in their own script: Japanese, Korean, Chinese',
    queries: [
      ['千と千尋の神隠し', 129], // Spirited Away (2001)
      ['君の名は。', 372058], // Your Name. (2016)
      ['君の名は', 372058], // Your Name. (2016)
      ['ハウルの動く城', 4935], // Howl's Moving Castle (2004)
      ['もののけ姫', 128], // Princess Mononoke (1997)
      ['となりのトトロ', 8392], // My Neighbor Totoro (1988)
      ['七人の侍', 346], // Seven Samurai (1954)
      ['バトルロワイアル', 3176], // Battle Royale (2000)
      ['パプリカ', 4977], // Paprika (2006)
      ['羅生門', 548], // Rashomon (1950)
      ['天気の子', 568160], // Weathering with You (2019)
      ['千と千尋', 129], // Spirited Away (2001)
      ['기생충', 496243], // Parasite (2019)
      ['올드보이', 670], // Oldboy (2003)
      ['부산행', 396535], // Train to Busan (2016)
      ['살인의 추억', 11423], // Memories of Murder (2003)
      ['살인의추억', 11423], // Memories of Murder (2003)
      ['아가씨', 290098], // The Handmaiden (2016)
      ['곡성', 293670], // The Wailing (2016)
      ['버닝', 491584], // Burning (2018)
      ['헤어질 결심', 705996], // Decision to Leave (2022)
      ['英雄', 79], // Hero (2002)
      ['卧虎藏龍', 146], // Crouching Tiger, Hidden Dragon (2000)
      ['流浪地球', 535167], // The Wandering Earth (2019)
      ['霸王别姬', 10997], // Farewell My Concubine (1993)
    ],
  },
  {
    kind: 'original titles in Latin and Cyrillic letters',
    queries: [
      ['Intouchables', 77338], // The Intouchables (2011)
      ["Le Fabuleux Destin d'Amélie Poulain", 194], // Amélie (2001)
      ['Les Choristes', 5528], // The Chorus (2004)
      ['La Belle et la Bete', 197796], // Beauty and the Beast (2014)
      ["Bienvenue chez les Ch'tis", 8265], // Welcome to the Sticks (2008)
      ['Le diner de cons', 9421], // The Dinner Game (1998)
      ['A bout de souffle', 269], // Breathless (1960)
      ['Das Leben der Anderen', 582], // The Lives of Others (2006)
      ['Der Untergang', 613], // Downfall (2004)
      ['Die Welle', 7735], // The Wave (2008)
      ['Lola rennt', 104], // Run Lola Run (1998)
      ['Im Westen nichts Neues', 49046], // All Quiet on the Western Front (2022)
      ['Die unendliche Geschichte', 34584], // The NeverEnding Story (1984)
      ['Das weisse Band', 37903], // The White Ribbon (2009)
      ['Er ist wieder da', 318917], // Look Who's Back (2015)
      ['El laberinto del fauno', 1417], // Pan's Labyrinth (2006)
      ['El hoyo', 619264], // The Platform (2019)
      ['Contratiempo', 411088], // The Invisible Guest (2017)
      ['Relatos salvajes', 265195], // Wild Tales (2014)
      ['La piel que habito', 63311], // The Skin I Live In (2011)
      ['El secreto de sus ojos', 25376], // The Secret in Their Eyes (2009)
      ['La vita e bella', 637], // Life Is Beautiful (1997)
      ['Ladri di biciclette', 5156], // Bicycle Thieves (1948)
      ['Il buono il brutto il cattivo', 429], // The Good, the Bad and the Ugly (1966)
      ['Сталкер', 1398], // Stalker (1979)
      ['Иди и смотри', 25237], // Come and See (1985)
      ['Det sjunde inseglet', 490], // The Seventh Seal (1957)
      ['Lat den ratte komma in', 13310], // Let the Right One In (2008)
      ['Druk', 580175], // Another Round (2020)
      ['Cidade de Deus', 598], // City of God (2002)
    ],
  },
  {
    kind: 'missing and added articles',
    queries: [
      ['Godfather', 238], // The Godfather (1972)
      ['Matrix', 603], // The Matrix (1999)
      ['dark knight', 155], // The Dark Knight (2008)
      ['Lord of Rings Two Towers', 121], // The Lord of the Rings: The Two Towers (2002)
      ['Silence of Lambs', 274], // The Silence of the Lambs (1991)
      ['Shawshank Redemption', 278], // The Shawshank Redemption (1994)
      ['Wolf of Wall Street', 106646], // The Wolf of Wall Street (2013)
      ['Prestige', 1124], // The Prestige (2006)
      ['Lunchbox', 191714], // The Lunchbox (2013)
      ['Handmaiden', 290098], // The Handmaiden (2016)
      ['laberinto del fauno', 1417], // Pan's Labyrinth (2006)
      ['Vita e bella', 637], // Life Is Beautiful (1997)
      ['Untergang', 613], // Downfall (2004)
      ['the Inception', 27205], // Inception (2010)
      ['The Gladiator', 98], // Gladiator (2000)
      ['Leben der Anderen', 582], // The Lives of Others (2006)
      ['Devil wears Prada', 350], // The Devil Wears Prada (2006)
    ],
  },
  {
    kind: 'roman numerals, digits, number words and parts',
    queries: [
      ['Seven', 807], // Se7en (1995)
      ['Se7en', 807], // Se7en (1995)
      ['Rocky 2', 1367], // Rocky II (1979)
      ['Rocky Two', 1367], // Rocky II (1979)
      ['Rocky IV', 1374], // Rocky IV (1985)
      ['rocky 4', 1374], // Rocky IV (1985)
      ['Terminator II', 280], // Terminator 2: Judgment Day (1991)
      ['Terminator Two', 280], // Terminator 2: Judgment Day (1991)
      ['godfather 2', 240], // The Godfather Part II (1974)
      ['The Godfather Part 2', 240], // The Godfather Part II (1974)
      ['Godfather III', 242], // The Godfather Part III (1990)
      ["Ocean's 11", 161], // Ocean's Eleven (2001)
      ['Oceans Twelve', 163], // Ocean's Twelve (2004)
      ['It Chapter 2', 474350], // It Chapter Two (2019)
      ['It Chapter Two', 474350], // It Chapter Two (2019)
      ['Kill Bill 2', 393], // Kill Bill: Vol. 2 (2004)
      ['kill bill volume 1', 24], // Kill Bill: Vol. 1 (2003)
      ['KGF 2', 587412], // K.G.F: Chapter 2 (2022)
      ['KGF Chapter 1', 564147], // K.G.F: Chapter 1 (2018)
      ['pushpa 2', 857598], // Pushpa 2 - The Rule (2024)
      ['Pushpa Part 1', 690957], // Pushpa: The Rise - Part 1 (2021)
      ['Pushpa 1', 690957], // Pushpa: The Rise - Part 1 (2021)
      ['Drishyam II', 706872], // Drishyam 2 (2021)
      ['Mission Impossible 3', 956], // Mission: Impossible III (2006)
      ['Seven Samurai', 346], // Seven Samurai (1954)
      ['7 Samurai', 346], // Seven Samurai (1954)
      ['Twelve Angry Men', 389], // 12 Angry Men (1957)
      ['The Four Hundred Blows', 147], // The 400 Blows (1959)
      ['Three Idiots', 20453], // 3 Idiots (2009)
      ['Gangs of Wasseypur', 117691], // Gangs of Wasseypur - Part 1 (2012)
      ['Ponniyin Selvan 1', 660046], // Ponniyin Selvan: Part I (2022)
      ['Iron Man 1', 1726], // Iron Man (2008)
      ['Harry Potter and the Deathly Hallows 2', 12445], // Harry Potter and the Deathly Hallows: Part 2 (2011)
      ['Final Fantasy 7', 647], // Final Fantasy VII: Advent Children (2005)
    ],
  },
  {
    kind: 'typos of one letter',
    queries: [
      ['Incepton', 27205], // Inception (2010)
      ['Intersteller', 157336], // Interstellar (2014)
      ['finding nimo', 12], // Finding Nemo (2003)
      ['The Dark Knigth', 155], // The Dark Knight (2008)
      ['Forest Gump', 13], // Forrest Gump (1994)
      ['The Matrx', 603], // The Matrix (1999)
      ['Gladiatr', 98], // Gladiator (2000)
      ['Pulp Fictoin', 680], // Pulp Fiction (1994)
      ['Fight Clb', 550], // Fight Club (1999)
      ['Shawshenk Redemption', 278], // The Shawshank Redemption (1994)
      ['Jurasic Park', 329], // Jurassic Park (1993)
      ['Jurrasic Park', 329], // Jurassic Park (1993)
      ['Titanik', 597], // Titanic (1997)
      ['Ratatoulle', 2062], // Ratatouille (2007)
      ['Inglorious Basterds', 16869], // Inglourious Basterds (2009)
      ['Parazite', 496243], // Parasite (2019)
      ['Spiritd Away', 129], // Spirited Away (2001)
      ['Schindlers Lst', 424], // Schindler's List (1993)
      ['Dangl', 360814], // Dangal (2016)
      ['Bajrangi Bhaijan', 348892], // Bajrangi Bhaijaan (2015)
      ['Arjun Redy', 473234], // Arjun Reddy (2017)
      ['Vikram Veda', 432139], // Vikram Vedha (2017)
      ['Bohemian Rapsody', 424694], // Bohemian Rhapsody (2018)
      ['Deadpol', 293660], // Deadpool (2016)
      ['Whiplsh', 244786], // Whiplash (2014)
    ],
  },
  {
    kind: 'remakes without a year: the better known',
    queries: [
      ['Little Women', 331482], // Little Women (2019)
      ['Devdas', 15917], // Devdas (2002)
      ['Drishyam', 352173], // Drishyam (2015)
      ['King Kong', 254], // King Kong (2005)
      ['A Star Is Born', 332562], // A Star Is Born (2018)
      ['Oldboy', 670], // Oldboy (2003)
      ['Psycho', 539], // Psycho (1960)
      ['Scarface', 111], // Scarface (1983)
      ['The Thing', 1091], // The Thing (1982)
      ['The Fly', 9426], // The Fly (1986)
      ['The Invisible Man', 570670], // The Invisible Man (2020)
      ['True Grit', 44264], // True Grit (2010)
      ['Cape Fear', 1598], // Cape Fear (1991)
      ['Dune', 438631], // Dune (2021)
      ['Insomnia', 320], // Insomnia (2002)
      ['Hero', 79], // Hero (2002)
      ['Ghostbusters', 620], // Ghostbusters (1984)
      ['The Avengers', 24428], // The Avengers (2012)
      ['Prey', 766507], // Prey (2022)
      ['The Killer', 800158], // The Killer (2023)
      ['Aladdin', 812], // Aladdin (1992)
      ['The Mummy', 564], // The Mummy (1999)
    ],
  },
  {
    kind: 'accents, case, punctuation, spaces',
    queries: [
      ['amelie', 194], // Amélie (2001)
      ['AMÉLIE', 194], // Amélie (2001)
      ['leon the professional', 101], // Léon: The Professional (1994)
      ['WALL-E', 10681], // WALL·E (2008)
      ['walle', 10681], // WALL·E (2008)
      ['spiderman', 557], // Spider-Man (2002)
      ['SPIDER MAN', 557], // Spider-Man (2002)
      ['antman', 102899], // Ant-Man (2015)
      ['R.R.R.', 579974], // RRR (2022)
      ['munna bhai mbbs', 19625], // Munna Bhai M.B.B.S. (2003)
      ['raone', 41517], // Ra.One (2011)
      ['Fast and Furious', 13804], // Fast & Furious (2009)
      ['Fast & Furious', 13804], // Fast & Furious (2009)
      ["schindler's list", 424], // Schindler's List (1993)
      ['schindlers list', 424], // Schindler's List (1993)
      ['monsters inc', 585], // Monsters, Inc. (2001)
      ['good bye lenin', 338], // Good Bye, Lenin! (2003)
      ['nausicaa of the valley of the wind', 81], // Nausicaä of the Valley of the Wind (1984)
      ['asterix and obelix mission cleopatra', 2899], // Asterix & Obelix: Mission Cleopatra (2002)
      ['barfi', 127501], // Barfi! (2012)
      ['Chak De India', 14163], // Chak De! India (2007)
      ['la la land', 313369], // La La Land (2016)
      ['rec', 8329], // [REC] (2007)
      ['oceans eleven', 161], // Ocean's Eleven (2001)
      ['alive', 614696], // #Alive (2020)
      ['  Finding   Nemo ', 12], // Finding Nemo (2003)
    ],
  },
  {
    kind: 'parts of a title',
    queries: [
      ['Pushpa', 690957], // Pushpa: The Rise - Part 1 (2021)
      ['pushpa the rise', 690957], // Pushpa: The Rise - Part 1 (2021)
      ['Fury Road', 76341], // Mad Max: Fury Road (2015)
      ['Infinity War', 299536], // Avengers: Infinity War (2018)
      ['Into the Spider-Verse', 324857], // Spider-Man: Into the Spider-Verse (2018)
      ['Winter Soldier', 100402], // Captain America: The Winter Soldier (2014)
      ['Rogue One', 330459], // Rogue One: A Star Wars Story (2016)
      ['harry potter azkaban', 673], // Harry Potter and the Prisoner of Azkaban (2004)
      ['harry potter half blood prince', 767], // Harry Potter and the Half-Blood Prince (2009)
      ['return of the king', 122], // The Lord of the Rings: The Return of the King (2003)
      ['fellowship of the ring', 120], // The Lord of the Rings: The Fellowship of the Ring (2001)
      ['Kalki', 801688], // Kalki 2898-AD (2024)
      ['Salaar', 770906], // Salaar: Part 1 - Ceasefire (2023)
      ['Lagaan', 19666], // Lagaan: Once Upon a Time in India (2001)
      ['Uri', 554600], // Uri: The Surgical Strike (2019)
      ['eternal sunshine', 38], // Eternal Sunshine of the Spotless Mind (2004)
      ['curse of the black pearl', 22], // Pirates of the Caribbean: The Curse of the Black Pearl (2003)
      ['Nenokkadine', 249772], // 1: Nenokkadine (2014)
    ],
  },
  {
    kind: 'a year without brackets',
    queries: [
      ['spider-man 2002', 557], // Spider-Man (2002)
      ['dune 1984', 841], // Dune (1984)
      ['Halloween 2018', 424139], // Halloween (2018)
      ['rrr 2022', 579974], // RRR (2022)
      ['Blade Runner 2049', 335984], // Blade Runner 2049 (2017)
      ['Wonder Woman 1984', 464052], // Wonder Woman 1984 (2020)
      ['the thing 1982', 1091], // The Thing (1982)
      ['carrie 1976', 7340], // Carrie (1976)
      ['parasite 2019', 496243], // Parasite (2019)
      ['it 2017', 346364], // It (2017)
      ['Godzilla 1998', 929], // Godzilla (1998)
    ],
  },
  {
    kind: 'no film',
    queries: [
      ['The Office', 'none'],
      ['qwertyuiop', 'none'],
      ['zzzqqq', 'none'],
      ['asdf jkl', 'none'],
      ['The Quiet Plumber of Ghent', 'none'],
      ['Breaking Bad', 'none'],
      ['Game of Thrones', 'none'],
      ['The Big Bang Theory', 'none'],
      ['Stranger Things Season 4', 'none'],
      ['Sacred Games', 'none'],
      ['Money Heist', 'none'],
      ['blue umbrella tax return', 'none'],
      ['how to fix a bicycle', 'none'],
      ['Purple Elephants in Ohio', 'none'],
      ['my aunt in Hyderabad', 'none'],
      ['lorem ipsum dolor', 'none'],
      ['Mirzapur', 'none'],
      ['Brooklyn Nine-Nine', 'none'],
      ['xq', 'none'],
      ['పిల్లి కుక్క కథలు', 'none'],
      ['猫と犬の話です', 'none'],
      ['best pizza near me', 'none'],
      ["Grey's Anatomy", 'none'],
    ],
  },
  {
    kind: 'several films could be meant',
    queries: [
      ['Harry Potter', 'ambiguous'],
      ['Hunger Games movie series', 'ambiguous'],
      ['Lord of the Rings', 'ambiguous'],
      ['The Lord of the Rings', 'ambiguous'],
      ['Return', 'ambiguous'],
      ['Fantastic Beasts', 'ambiguous'],
      ['Pirates of the Caribbean', 'ambiguous'],
      ['Fantastic', 'ambiguous'],
      ['Captain America', 'ambiguous'],
      ['The Karate Kid', 'ambiguous'],
      ['Carrie', 'ambiguous'],
      ['RoboCop', 'ambiguous'],
      ['Total Recall', 'ambiguous'],
      ['dragon ball', 'ambiguous'],
      ['Endgame', 'ambiguous'],
      ['Indiana Jones', 'ambiguous'],
      ['Planet of the Apes', 'ambiguous'],
      ['gangster', 'ambiguous'],
    ],
  },
  {
    kind: 'a second set, written after the first rules',
    queries: [
      ['interstellr', 157336], // Interstellar (2014)
      ['godfather part three', 242], // The Godfather Part III (1990)
      ['Shutter Iland', 11324], // Shutter Island (2010)
      ['the prestige 2006', 1124], // The Prestige (2006)
      ['lagan', 19666], // Lagaan: Once Upon a Time in India (2001)
      ['zindagi na milegi dobara', 61202], // Zindagi Na Milegi Dobara (2011)
      ['ज़िन्दगी ना मिलेगी दोबारा', 61202], // Zindagi Na Milegi Dobara (2011)
      ['Dilwale Dulhaniya Le Jayenge', 19404], // Dilwale Dulhania Le Jayenge (1995)
      ['ddlj movie', 'none'],
      ['bajirao mastani (2015)', 362045], // Bajirao Mastani (2015)
      ['Chak de', 14163], // Chak De! India (2007)
      ['Gangs of Wasseypur 1', 117691], // Gangs of Wasseypur - Part 1 (2012)
      ['రాజా సాబ్', 1022453], // The Rajasaab (2026)
      ['డార్లింగ్', 63414], // Darling (2010)
      ['Eega', 148265], // Eega (2012)
      ['దూకుడు', 80276], // Dookudu (2011)
      ['నాగవల్లి', 83154], // Nagavalli (2010)
      ['ఆచార్య', 679919], // Acharya (2022)
      ['कभी ख़ुशी कभी ग़म', 10757], // Kabhi Khushi Kabhie Gham (2001)
      ['रंग दे बसंती', 7913], // Rang De Basanti (2006)
      ['मसान', 336203], // Masaan (2015)
      ['राज़ी', 491629], // Raazi (2018)
      ['पीकू', 332835], // Piku (2015)
      ['सिंघम', 70590], // Singham (2011)
      ['दबंग', 44425], // Dabangg (2010)
      ['सुपर', 'none'],
      ['லியோ', 949229], // Leo (2023)
      ['மெர்சல்', 456287], // Mersal (2017)
      ['விஸ்வரூபம்', 117319], // Vishwaroopam (2013)
      ['தெறி', 370076], // Theri (2016)
      ['பேட்ட', 534993], // Petta (2019)
      ['சிங்கம்', 62756], // Singam (2010)
      ['ஜில்லா', 246087], // Jilla (2014)
      ['பிகில்', 563309], // Bigil (2019)
      ['ഉസ്താദ് ഹോട്ടൽ', 117751], // Ustad Hotel (2012)
      ['മാളികപ്പുറം', 'none'],
      ['മഞ്ഞുമ്മൽ ബോയ്സ്', 1069945], // Manjummel Boys (2024)
      ['കേരള കഫേ', 85089], // Kerala Cafe (2009)
      ['ಕೆ.ಜಿ.ಎಫ್', 'none'],
      ['마더', 30018], // Mother (2009)
      ['괴물', 1255], // The Host (2006)
      ['추격자', 13855], // The Chaser (2008)
      ['택시운전사', 437068], // A Taxi Driver (2017)
      ['火垂るの墓', 12477], // Grave of the Fireflies (1988)
      ['聲の形', 378064], // A Silent Voice: The Movie (2016)
      ['崖の上のポニョ', 12429], // Ponyo (2008)
      ['紅の豚', 11621], // Porco Rosso (1992)
      ['魔女の宅急便', 16859], // Kiki's Delivery Service (1989)
      ['十面埋伏', 9550], // House of Flying Daggers (2004)
      ['一代宗師', 44865], // The Grandmaster (2013)
      ['少林足球', 11770], // Shaolin Soccer (2001)
      ['Les visiteurs', 11687], // The Visitors (1993)
      ['les quatre cents coups', 147], // The 400 Blows (1959)
      ['Banlieue 13', 10045], // District B13 (2004)
      ['Der Himmel uber Berlin', 144], // Wings of Desire (1987)
      ['fack ju gohte', 233063], // Suck Me Shakespeer (2013)
      ['Das Experiment', 575], // The Experiment (2001)
      ['Todo sobre mi madre', 99], // All About My Mother (1999)
      ['hable con ella', 64], // Talk to Her (2002)
      ['Tres metros sobre el cielo', 61979], // Three Steps Above Heaven (2010)
      ['Perfetti sconosciuti', 381341], // Perfect Strangers (2016)
      ['Profondo rosso', 20126], // Deep Red (1975)
      ['Nuovo cinema paradiso', 11216], // Cinema Paradiso (1988)
      ['Mannen som talte', 'none'],
      ['Ночной дозор', 3040], // Night Watch (2004)
      ['Солярис', 593], // Solaris (1972)
      ['Ivans childhood', 31442], // Ivan's Childhood (1962)
      ['Terminator 2', 280], // Terminator 2: Judgment Day (1991)
      ['rocky 5', 1375], // Rocky V (1990)
      ['Mission Impossible II', 955], // Mission: Impossible II (2000)
      ['Halloween 2', 11281], // Halloween II (1981)
      ['karate kid 3', 10495], // The Karate Kid Part III (1989)
      ['Ip Man 2', 37472], // Ip Man 2 (2010)
      ['ip man two', 37472], // Ip Man 2 (2010)
      ['Deadpool II', 383498], // Deadpool 2 (2018)
      ['oceans 13', 298], // Ocean's Thirteen (2007)
      ['scary movie four', 4257], // Scary Movie 4 (2006)
      ['star wars 7', 'ambiguous'],
      ['Guardians of the Galaxy 2', 283995], // Guardians of the Galaxy Vol. 2 (2017)
      ['lego movie 2', 280217], // The Lego Movie 2: The Second Part (2019)
      ['Hunger Games Mockingjay 1', 131631], // The Hunger Games: Mockingjay - Part 1 (2014)
      ['Lord of the rings the return of king', 122], // The Lord of the Rings: The Return of the King (2003)
      ['truman show', 37165], // The Truman Show (1998)
      ['a fistfull of dollars', 391], // A Fistful of Dollars (1964)
      ['Good bad and the ugly', 429], // The Good, the Bad and the Ugly (1966)
      ['empire strikes back', 1891], // The Empire Strikes Back (1980)
      ['Skin I live in', 63311], // The Skin I Live In (2011)
      ['Worst person in the world', 660120], // The Worst Person in the World (2021)
      ['the taxi driver', 103], // Taxi Driver (1976)
      ['Batmn Begins', 272], // Batman Begins (2005)
      ['Spirited Awya', 129], // Spirited Away (2001)
      ['Pricess Mononoke', 128], // Princess Mononoke (1997)
      ['Kung Fu Husle', 9470], // Kung Fu Hustle (2004)
      ['Django Unchaned', 68718], // Django Unchained (2012)
      ['Guardans of the Galaxy', 118340], // Guardians of the Galaxy (2014)
      ['Zootopa', 269149], // Zootopia (2016)
      ['Jokre', 475557], // Joker (2019)
      ['Gravty', 49047], // Gravity (2013)
      ['Avtar', 19995], // Avatar (2009)
      ['Wiplash', 244786], // Whiplash (2014)
      ['Bangalor Days', 268660], // Bangalore Days (2014)
      ['Premm', 'none'],
      ['Lunchbx', 191714], // The Lunchbox (2013)
      ['Kantra', 858485], // Kantara (2022)
      ['Jawaan', 872906], // Jawan (2023)
      ['Pathan', 864692], // Pathaan (2023)
      ['Swadesh', 15774], // Swades (2004)
      ['Munnabhai MBBS', 19625], // Munna Bhai M.B.B.S. (2003)
      ['Enthiran movie', 148284], // Enthiran (2010)
      ['Andhadhun full movie', 534780], // Andhadhun (2018)
      ['Bramayugam', 1166133], // Bramayugam (2024)
      ['Brahmayugam', 1166133], // Bramayugam (2024)
      ['Manjummal Boys', 1069945], // Manjummel Boys (2024)
      ['Ala Vaikunthapuramlo', 628241], // Ala Vaikunthapurramuloo (2020)
      ['Ala Vaikuntapuramuloo', 628241], // Ala Vaikunthapurramuloo (2020)
      ['Geetha Govindham', 540468], // Geetha Govindam (2018)
      ['Seetha Ramam', 894803], // Sita Ramam (2022)
      ['Janatha Garaj', 405924], // Janatha Garage (2016)
      ['Vikram Vedha', 432139], // Vikram Vedha (2017)
      ['Kaththi', 263475], // Kaththi (2014)
      ['Kathi', 263475], // Kaththi (2014)
      ['Theri', 370076], // Theri (2016)
      ['Hamilton (2020)', 556574], // Hamilton (2020)
      ['Cinderella (2015)', 150689], // Cinderella (2015)
      ['Cinderella (1950)', 11224], // Cinderella (1950)
      ['Suspiria (1977)', 11906], // Suspiria (1977)
      ['true grit (2011)', 44264], // True Grit (2010)
      ['West Side Story (2022)', 511809], // West Side Story (2021)
      ['Fame (1981)', 3537], // Fame (1980)
      ['Hero (2002)', 79], // Hero (2002)
      ['Nosferatu (1922)', 653], // Nosferatu (1922)
      ['Aladdin (2019)', 420817], // Aladdin (2019)
      ['Footloose (2012)', 68817], // Footloose (2011)
      ['Taxi', 'ambiguous'],
      ['Spiderverse', 324857], // Spider-Man: Into the Spider-Verse (2018)
      ['wakanda', 'ambiguous'],
      ['Seinfeld', 'none'],
      ['how i met your mother', 'none'],
      ['Peaky Blinders', 'none'],
      ['chicken biryani recipe', 'none'],
      ['asdkjhasd', 'none'],
      ['Narcos', 'none'],
      ['The Crown', 'none'],
      ['Bigg Boss', 'none'],
      ['weather tomorrow hyderabad', 'none'],
      ['Mad Men', 'none'],
      ['Better Call Saul', 'none'],
    ],
  },
];
