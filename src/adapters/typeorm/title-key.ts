/** The slot of a search that led to a film, so that it leads to one film only; a title's slot is the film's tmdb_id. */
export const searched = 0;
