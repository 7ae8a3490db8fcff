/** Words that turn what follows them. */
export const englishNegations =
  'not no never none nobody nothing neither nor cannot without hardly barely scarcely rarely seldom isnt wasnt arent werent dont doesnt didnt wont wouldnt cant couldnt shouldnt hasnt havent hadnt aint mustnt neednt nope nt lacks lacking lack nowhere despite';

/** Words after which what follows counts more than what came before. */
export const englishContrasts = 'but however though although yet nevertheless nonetheless except';

/** Words that make what follows stronger or weaker. */
export const englishBoosters: Readonly<Record<number, string>> = {
  0.45: 'extremely utterly incredibly insanely amazingly absolutely fucking freaking fricking friggin outrageously',
  0.3: 'very really totally completely truly super damn highly deeply thoroughly exceptionally unbelievably remarkably hugely entirely intensely majorly seriously so too hella fuckin such most more especially particularly always ever all enormously genuinely purely wholly awfully mighty bloody',
  0.15: 'quite pure simply even just still well real',
  [-0.3]:
    'slightly somewhat kinda sorta partly marginally occasionally sometimes mildly bit little almost fairly nearly less rather partially mostly only relatively semi moderately',
};
