/** Who wrote a post: made from the id, so that nothing needs to be kept. */
export interface Author {
  readonly id: string;
  readonly name: string;
  /** At most 15 letters, digits and `_`. */
  readonly username: string;
  readonly joinedAtMs: number;
  readonly followers: number;
}

const firstNames = [
  'Asha',
  'Bram',
  'Chitra',
  'Dario',
  'Elif',
  'Farah',
  'Goran',
  'Hema',
  'Ines',
  'Jonas',
  'Kavya',
  'Liam',
];
const callings = ['at the movies', 'watches', '& popcorn', 'on film', 'in row five', '🎬'];
const firstJoinedMs = Date.UTC(2009, 0, 1);
const fifteenYearsMs = 15 * 365 * 86_400_000;

export function authorOf(id: string): Author {
  const number = Number(id);
  return {
    id,
    name: `${firstNames[number % firstNames.length]} ${callings[number % callings.length]}`,
    username: `film_${number.toString(36)}`,
    joinedAtMs: firstJoinedMs + ((number * 977) % fifteenYearsMs),
    followers: number % 4001,
  };
}
