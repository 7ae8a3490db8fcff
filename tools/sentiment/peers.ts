// Other analysers on npm, each as a function from a text to a score: above 0 is good, below is bad.
import { createRequire } from 'node:module';

// All three are CommonJS; two of them bring no types.
const require = createRequire(import.meta.url);

type Score = (text: string) => number;

export function vader(): Score {
  const { SentimentIntensityAnalyzer } = require('vader-sentiment') as {
    SentimentIntensityAnalyzer: { polarity_scores(text: string): { compound: number } };
  };
  return (text) => SentimentIntensityAnalyzer.polarity_scores(text).compound;
}

export function wink(): Score {
  const score = require('wink-sentiment') as (text: string) => { normalizedScore: number };
  return (text) => score(text).normalizedScore;
}

export function sentiment(): Score {
  const Sentiment = require('sentiment') as new () => { analyze(text: string): { comparative: number } };
  const analyzer = new Sentiment();
  return (text) => analyzer.analyze(text).comparative;
}
