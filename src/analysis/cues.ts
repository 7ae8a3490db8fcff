/** What a word hints at; bits. */
export const cue = { giveaway: 1, act: 2, prize: 4, trade: 8, watching: 16 } as const;

const cues = new Map<string, number>();
for (const [bit, words] of [
  [cue.giveaway, 'giveaway giveaways sweepstakes sweepstake raffle'],
  [cue.act, 'rt retweet repost follow following tag comment share enter reply'],
  [cue.prize, 'win winner winners prize prizes voucher vouchers giftcard iphone tickets'],
  [
    cue.trade,
    'subscribe click signup register discount coupon promo deal deals sale shop shirts tshirt tshirts merch earn income sofa whatsapp telegram dm torrent 1080p 720p hd stream streaming download followback f4f follow4follow ad sponsored crypto bitcoin nft onlyfans casino betting cashback affiliate escorts 123movies putlocker',
  ],
  [cue.watching, 'watching nw nowwatching'],
] as const) {
  for (const word of words.split(' ')) cues.set(word, (cues.get(word) ?? 0) | bit);
}

export const cueOf = (word: string): number => cues.get(word) ?? 0;
