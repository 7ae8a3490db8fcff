import { labelOf, type SentimentScore } from '../domain/analysis.js';
import { type Calibration, toScore } from './combine.js';
import { languageOf } from './language.js';
import type { LinearModel } from './linear-model.js';
import { explainModel, modelScore } from './model-score.js';
import { whyNotAboutFilm } from './not-about-film.js';
import { Rules } from './rules.js';
import { Scan, scanText } from './scan.js';
import type { SentimentExplanation, SkipReason } from './sentiment-explanation.js';
import type { Vocabulary } from './vocabulary.js';
import { WordBook } from './word.js';

/** Longer texts say nothing more: a review of this length is several pages. */
const longestText = 20_000;
/** Of romanised Indian languages the model knows the English words only. */
const modelShareRomanised = 0.5;

const unscored: SentimentScore = Object.freeze({ score: 0, label: 'neutral', confidence: 0 });
/** Below U+0300 every text is composed, and one without wider characters is not even looked through for them. */
const mayCompose = /[\u0300-\uffff]/;

/** Scores one text after the other. Its scratch space makes it fast, and not reentrant; its results depend on the text alone. */
export class TextScorer {
  readonly #model: LinearModel | null;
  readonly #calibration: Calibration;
  readonly #book: WordBook;
  readonly #scan = new Scan();
  readonly #rules = new Rules();

  constructor(vocabulary: Vocabulary, model: LinearModel | null, calibration: Calibration) {
    this.#model = model;
    this.#calibration = calibration;
    this.#book = new WordBook(vocabulary, model);
  }

  score(text: string): SentimentScore {
    const { skipped, opinion } = this.#judge(composed(text), false);
    return skipped === null ? this.#scoreOf(opinion) : unscored;
  }

  explain(text: string): SentimentExplanation {
    const read = composed(text);
    const { skipped, opinion, language, share } = this.#judge(read, true);
    if (skipped !== null) return { ...unscored, language, parts: [], skipped };
    const given = this.#scoreOf(opinion);
    const factor = opinion === 0 ? 0 : given.score / opinion;
    const { evidence, total } = this.#rules;
    const ruled = total === 0 ? 0 : (this.#calibration.rules * evidence * factor) / total;
    const parts = this.#rules.explain(this.#scan, read, ruled);
    if (this.#model !== null && share !== 0)
      parts.push(...explainModel(this.#scan, this.#rules.roles, this.#model, read, share * factor));
    return { ...given, language, parts };
  }

  #judge(text: string, explaining: boolean): Judgement {
    const scan = this.#scan;
    const rules = this.#rules;
    scanText(text, this.#book, scan);
    const language = languageOf(scan);
    if (language === null) return { skipped: 'unknown_language', opinion: 0, language, share: 0 };
    rules.read(scan, explaining);
    const skipped = whyNotAboutFilm(scan, rules.count);
    if (skipped !== null) return { skipped, opinion: 0, language, share: 0 };
    const { rules: rulesWeight, model: modelWeight } = this.#calibration;
    const share = this.#model === null ? 0 : modelWeight * (language.endsWith('-Latn') ? modelShareRomanised : 1);
    const learned = this.#model === null ? 0 : modelScore(scan, rules.roles, this.#model);
    return { skipped: null, opinion: rulesWeight * rules.evidence + share * learned, language, share };
  }

  /** More words and a clearer score: surer. Without any word of the lexicon, never sure. */
  #scoreOf(opinion: number): SentimentScore {
    const score = Math.round(toScore(opinion, this.#calibration.doubt) * 10_000) / 10_000;
    const hits = this.#rules.count;
    const sureness = hits === 0 ? 0.2 + 0.3 * Math.abs(score) : 0.35 + 0.1 * Math.min(hits, 4) + 0.25 * Math.abs(score);
    return { score, label: labelOf(score), confidence: Math.round(Math.min(1, sureness) * 100) / 100 };
  }
}

interface Judgement {
  readonly skipped: SkipReason | null;
  readonly opinion: number;
  readonly language: string | null;
  /** What the model's sum is multiplied by. */
  readonly share: number;
}

function composed(text: string): string {
  const part = text.length > longestText ? text.slice(0, longestText) : text;
  return mayCompose.test(part) ? part.normalize('NFC') : part;
}
