import { Vocabulary } from './vocabulary.js';

/** Imported with the first text: it takes some milliseconds to build. It is read only, so that all analysers share it. */
export const defaultVocabulary = new Vocabulary();
