/** Words by strength, -4 to 4, apart by blanks. A word that ends in * stands for every word that begins so. */
export type Strengths = Readonly<Record<number, string>>;
