import type { Strengths } from './strengths.js';

/** How people on X talk about films: box office, halls, fans. */
export const filmSlang: Strengths = {
  3.4: 'paisavasool goosebumps blockbuster superhit megahit megablockbuster industryhit goat goated banger bangers peakcinema mustsee mustwatchmovie bingeworthy rewatchable tearjerker showstopper crowdpleaser firstclass topnotch worldclass oscarworthy',
  2.6: 'slaps slapped slayed slay slaying fire lit dope legit whistleworthy nailbiter housefull sensational hattrick knockout megaclassic masterstroke mindblown pageturner sleeperhit cinephile hyperventilating wowed watchit fullmeals bombshell binged rewatch rewatched rewatching rewatches cheering obsessed',
  1.6: 'whistle whistles entertainers hyped massy elevations elevation onetimewatch stoked pumped slick gripped ovation',
  [-1.4]:
    'timepass overacting overdose dragfest predictablestory lagged skippable miscast soso boreddom midfilm predictability cashgrab cringeworthy trolled lazywriting',
  [-2.6]:
    'flops megaflop superflop utterflop dud duds washout boxofficebomb debacle letdown borefest boredtodeath yawnfest snoozer zzz zzzz facepalm cringiest trolls trashfire laughingstock walkedout eyeroll mehfest dumpsterfire ',
  [-3.4]:
    'snoozefest disasterpiece worstmovie worstfilm worstmovieever worstfilmever torturefest headacheinducing garbagefire razzie razzies',
};
