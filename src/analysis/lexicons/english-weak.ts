import type { Strengths } from './strengths.js';

/** Words that sound good or bad but mostly say little: they win over the other English lists. */
export const englishWeak: Strengths = {
  1.2: 'obsessed',
  1: 'birthday finally holidays vacation anniversary',
  0.8: 'well fine hit hits rock wonder heart hearts won win wins winner winning victory popular original feast',
  0.2: 'marvel marvels grossing grossed grosser simply hardly nerd nerds geek ill mean',
  0.4: 'friend friends friendly like liked likes support supports supported supporting supporter supporters party parties sure surely ok okay okayy help helps helped helpful care cares caring save saves saved fair fairly light lighter energy rich natural naturally special ready weekend wanna fan fans better award awards truth true truly real secure protect security free freedom gain gains gift gifts share improved improve improves important tense tension easy easily honest honestly kind sharp serious vision visual visually spirit spiritual memory memories universal unusual unusually fantasy cult comic popular promise promises clear clean quality bonus approve approved award value able lol haha yeah yes yess lmao hot heal treat treats modest complex detailed raw pure quiet quietly mature hope hopes hopefully hoping peace cool slick intimate melancholy passion pride rescue thank',
  0.1: 'seriously fire lit mass nailed significant critical',
  [-0.2]:
    'wait waits waiting waited late guess instead unless supposed supposedly familiar conventional ordinary cut cuts low lower less least cost costs busy',
  [-0.5]:
    'down lost lose loses losing tired miss misses missed missing hard stop stops stopped drop drops dropped forget forgot forgotten issue issues problem problems impossible broke broken fight fights fighting fighter fighters sorry old odd strange strangely weird loose simple formula slow pressure shock shocked concern concerned concerns risk fear warn warning warned debt trap deny denied loss oppose opposed critical suspect absent absence vulnerable war wars dead death deaths die died dies dying kill kills killed killing killer murder cry cries cried crying scary scared scream screams screaming wild shot shoot shooting crime crimes criminal bloody violence violent weird dark evil burn burned burning sick',
  [-0.9]:
    'hell damn damned dirty attack attacks attacked victim victims prison arrested arrest protest protests fired anti fat excuse excuses threat accident danger dangerous drugs drug penalty penalties strike strikes embargo riot riots poverty crash crashed bomb bombs bombed',
  [-1.6]:
    'shit shitty crap nazi nazis supremacist supremacists propaganda regime bigot bigots bigotry misogynist misogyny xenophobia corrupt terrorist terrorists terrorism terror',
};
