/** Guesses the language of a text from its script and from its commonest short words. */

/** A guess: a BCP 47 tag (`und` when nothing speaks for any) and how sure it is, from 0 to 1. */
export interface LanguageGuess {
  language: string;
  confidence: number;
}

const commonWords: Record<string, string> = {
  en: 'the of and to in is that it was for on are with as be at this have from by not but or an which their has been will they more',
  de: 'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über',
  fr: 'le la les de des et en un une du que est pour qui dans par au sur ne pas plus se ce il sont avec son aux ont cette mais ou comme été leur elle',
  es: 'el la de que y en los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también es fue ha',
  it: 'il di che e la in un per è del una non sono da con si le dei al alla più nel della anche come ma gli ha lo questo dal delle nella',
  pt: 'o de que e do da em um para é com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito foi são pelo pela',
  nl: 'de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit door naar heeft hij worden wordt deze die zich',
  sv: 'och i att det som en på är av för med till den har de inte om ett han var men sig från vi så kan när eller under också efter hon',
  da: 'og i at det er en til på som de med for af ikke der den har om et var men sig han vi fra så kan når eller efter også blev',
  no: 'og i det er en til på som de med for av ikke at den har om et var men seg han vi fra så kan når eller etter også ble',
  pl: 'i w na z się nie do to że jest o jak po co za od ale tak przez przy dla jego są tym oraz być które który może także',
  tr: 've bir bu da de için ile çok olarak daha olan gibi kadar sonra ise ancak en ama ne var değil olduğu göre tarafından',
};

const scripts: [tag: string, letter: RegExp][] = [
  ['ja', /[\u3040-\u30ff]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ur', /[ٹڈڑںےۓھ]/gu],
  ['fa', /[پچژگ]/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['uk', /[іїєґІЇЄҐ]/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['bn', /\p{Script=Bengali}/gu],
  ['th', /\p{Script=Thai}/gu],
];

const sampleLength = 20_000;

/** The likely language of a text. A sample from its start is enough. */
export function guessLanguage(source: string): LanguageGuess {
  const sample = source.slice(0, sampleLength);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return { language: 'und', confidence: 0 };
  return guessByScript(sample, letters) ?? guessByWords(sample);
}

function guessByScript(sample: string, letters: number): LanguageGuess | null {
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (latin > letters / 2) return null;
  for (const [language, letter] of scripts) {
    const found = sample.match(letter)?.length ?? 0;
    // The tell-tale letters of a language are a small part of its text; a whole script is most of it.
    const needed = letter.source.startsWith('[') ? 0.01 : 0.4;
    if (found / letters >= needed) return { language, confidence: 0.8 };
  }
  return { language: 'und', confidence: 0 };
}

function guessByWords(sample: string): LanguageGuess {
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const scores = Object.entries(commonWords)
    .map(([language, list]) => {
      const hits = list.split(' ').reduce((sum, word) => sum + (counts.get(word) ?? 0), 0);
      return { language, share: hits / words.length, hits };
    })
    .sort((a, b) => b.share - a.share);
  const [best, second] = scores;
  if (!best || !second || best.hits === 0 || best.share < 0.04)
    return { language: 'und', confidence: 0 };
  const lead = (best.share - second.share) / best.share;
  const enough = Math.min(1, words.length / 40);
  const confidence = Math.round((0.4 + 0.6 * Math.min(1, lead * 2)) * enough * 100) / 100;
  return { language: best.language, confidence };
}
