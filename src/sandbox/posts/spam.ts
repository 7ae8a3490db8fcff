/** What nobody wants to count as an opinion. */
export const spam: readonly string[] = [
  'GIVEAWAY: repost, follow and tag three friends to win a projector. Ten tickets for {t} on top! https://example.com/prize',
  '{t} FULL MOVIE in HD, no sign-up, link here: https://example.com/stream',
  'I earn 500 a day from my sofa while {t} is on 💰 write me a message https://example.com/earn',
  'Follow for follow! #{h} #movies #followback {t}',
  'Hot deal: {t} T-shirts, today minus 70 % https://example.com/shop #ad #{h}',
];
