// Cross-checks the numbered rules of docs/spec against the names of the tests, both ways:
// every rule is cited by a test, every citation names a rule, and every test cites one.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, isMain, root } from './house.mjs';

const RULE = /^- \*\*([A-Z]{2,3})(\d+)\*\* (.*)$/;
const CITATION = /(?<=['"`])(?:\[[A-Z]{2,3}\d+(?:, ?[A-Z]{2,3}\d+)*\])+/g;
/** A test whose name is a literal that does not begin with a citation. */
const UNCITED =
  /(?<![.\w])(?:it|test)(?:\.(?:only|skip|fails|concurrent|sequential))?\(\s*(['"`])(?!\[)(.*?)\1/g;

/** The complaints, as sentences; none when rules and tests agree. */
export function crossCheck({ specs, tests, index }) {
  const problems = [];
  const rules = new Map();
  for (const [file, text] of specs) {
    const area = file.replace(/^.*\//, '').replace('.md', '').toUpperCase();
    if (!index.includes(file.replace(/^.*\//, ''))) {
      problems.push(`docs/SPEC.md does not link ${file}.`);
    }
    for (const line of text.split('\n')) {
      const [, prefix, number, sentence] = RULE.exec(line) ?? [];
      if (prefix === undefined) continue;
      const rule = prefix + number;
      if (prefix !== area) problems.push(`${rule} stands in ${file}, which is for ${area}.`);
      if (rules.has(rule))
        problems.push(`${rule} is defined twice, in ${rules.get(rule)} and ${file}.`);
      if (sentence.trim().length < 10) problems.push(`${rule} says nothing.`);
      rules.set(rule, file);
    }
  }
  for (const [, file] of index.matchAll(/\]\(spec\/([a-z]+\.md)\)/g)) {
    const exists = specs.some(([path]) => path.endsWith(`/${file}`));
    if (!exists) problems.push(`docs/SPEC.md links ${file}, which does not exist.`);
  }
  const cited = new Set();
  for (const [file, text] of tests) {
    for (const [citation] of text.matchAll(CITATION)) {
      for (const [rule] of citation.matchAll(/[A-Z]{2,3}\d+/g)) {
        cited.add(rule);
        if (!rules.has(rule))
          problems.push(`${file} cites ${rule}, which no file of docs/spec defines.`);
      }
    }
    for (const [, , name] of text.matchAll(UNCITED)) {
      problems.push(`${file}: the test "${name}" names no rule.`);
    }
  }
  for (const [rule, file] of rules) {
    if (!cited.has(rule)) problems.push(`${rule} of ${file} is proved by no test.`);
  }
  return { problems: [...new Set(problems)], rules: rules.size };
}

function read(paths) {
  return paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]);
}

if (isMain(import.meta.url)) {
  const specs = readdirSync(join(root, 'docs/spec')).map((name) => `docs/spec/${name}`);
  const { problems, rules } = crossCheck({
    specs: read(specs),
    tests: read(filesBelow(['tests']).filter((path) => /\.tsx?$/.test(path))),
    index: readFileSync(join(root, 'docs/SPEC.md'), 'utf8'),
  });
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`${rules} rules, each proved by a test.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
