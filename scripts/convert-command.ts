/** What `npm run -s convert` does: reads one file, writes another. It needs no server, no database and no build. */
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import {
  convert,
  inputFormats,
  type ConvertInput,
  type InputFormat,
} from '#core/formats/convert.ts';
import { cutPictures } from '#core/formats/assets/cut-pictures.ts';
import { readBytes, sizeRefusal } from '#core/formats/read-bytes.ts';
import { views, type View } from '#core/formats/view.ts';
import { copyFormats, type CopyFormat } from '#core/formats/copy-formats.ts';
import { refusal, type ErrorCode } from '#core/sync/error.ts';

const usage =
  'Use: npm run -s convert -- INPUT OUTPUT [--view original|accepted|marked] [--warnings FILE]\n' +
  `INPUT ends in ${inputFormats.map((one) => `.${one}`).join(' or ')}, ` +
  `OUTPUT in ${copyFormats.map((one) => `.${one}`).join(', ')}.`;

/** A refusal with the sentence that is printed for it. */
class Refused extends Error {}

interface Asked {
  input: string;
  output: string;
  view: View;
  warnings: string | null;
}

function parse(args: readonly string[]): Asked {
  const files: string[] = [];
  let view: View = 'marked';
  let warnings: string | null = null;
  for (let i = 0; i < args.length; i += 1) {
    const [arg, joined] = splitOption(args[i] ?? '');
    const value = (): string => {
      const next = joined ?? args[(i += 1)];
      if (next === undefined || next === '') throw new Refused(`${arg} needs a value.\n${usage}`);
      return next;
    };
    if (arg === '--view') {
      const asked = value();
      const known = views.find((one) => one === asked);
      if (!known) throw new Refused(`“${asked}” is no view; there are ${views.join(', ')}.`);
      view = known;
    } else if (arg === '--warnings') warnings = value();
    else if (arg.startsWith('--')) throw new Refused(`There is no option ${arg}.\n${usage}`);
    else files.push(arg);
  }
  const [input, output, more] = files;
  if (input === undefined || output === undefined || more !== undefined) throw new Refused(usage);
  return { input, output, view, warnings };
}

function splitOption(arg: string): [string, string?] {
  const at = arg.indexOf('=');
  return arg.startsWith('--') && at > 0 ? [arg.slice(0, at), arg.slice(at + 1)] : [arg];
}

function formatOf<T extends string>(file: string, known: readonly T[], side: string): T {
  const ending = extname(file).slice(1).toLowerCase();
  const format = known.find((one) => one === ending);
  if (format) return format;
  const list = known.map((one) => `.${one}`).join(', ');
  const has = ending === '' ? 'has no ending' : `ends in .${ending}`;
  throw new Refused(`${file} ${has}; ${side} must end in one of ${list}.`);
}

function whyNot(error: unknown, file: string, doing: string): Refused {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ENOENT') return new Refused(`${file} does not exist.`);
  if (code === 'EISDIR') return new Refused(`${file} is a folder, not a file.`);
  if (code === 'EACCES' || code === 'EPERM') return new Refused(`${file} may not be ${doing}.`);
  const text = error instanceof Error ? error.message : String(error);
  return new Refused(`${file} could not be ${doing}: ${text}`);
}

function refusedFor(file: string, code: ErrorCode, detail = ''): Refused {
  const why = detail === '' ? '' : ` ${detail}`;
  return new Refused(`${file}: ${refusal(code).message}${why} (${code})`);
}

function readBytesOf(file: string, format: InputFormat): Uint8Array {
  try {
    const tooLarge = sizeRefusal(statSync(file).size, format);
    if (tooLarge) throw refusedFor(file, tooLarge);
    return readFileSync(file);
  } catch (error) {
    throw error instanceof Refused ? error : whyNot(error, file, 'read');
  }
}

function decoded(raw: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return null;
  }
}

function readInput(file: string, format: InputFormat): ConvertInput {
  const bytes = readBytesOf(file, format);
  const named = {
    name: basename(file),
    hash: (value: string) => createHash('sha256').update(value).digest('hex'),
    hashBytes: (value: Uint8Array) => createHash('sha256').update(value).digest('hex'),
  };
  if (format === 'docx') return { ...named, format, bytes };
  const { rest, pictures } = format === 'json' ? cutPictures(bytes) : { rest: bytes, pictures: [] };
  const read = readBytes(rest, decoded, format);
  if (!read.ok) throw refusedFor(file, read.code);
  if (format === 'json') return { ...named, format, text: read.text, apart: pictures };
  return { ...named, format, text: read.text };
}

/** The real path of a file that may not exist yet. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    try {
      return join(realpathSync(dirname(file)), basename(file));
    } catch {
      return resolve(file);
    }
  }
}

function write(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    const missing = (error as { code?: unknown } | null)?.code === 'ENOENT';
    throw missing
      ? new Refused(`The folder of ${file} does not exist.`)
      : whyNot(error, file, 'written');
  }
}

/** Runs the command with its arguments; `say` prints a line for the person. Gives the exit code: 1 when refused. */
export function convertCommand(args: readonly string[], say: (line: string) => void): 0 | 1 {
  try {
    run(args, say);
    return 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message);
    return 1;
  }
}

function run(args: readonly string[], say: (line: string) => void): void {
  const { input, output, view, warnings } = parse(args);
  const from: InputFormat = formatOf(input, inputFormats, 'the input');
  const to: CopyFormat = formatOf(output, copyFormats, 'the output');
  const targets = warnings === null ? [output] : [output, warnings];
  if (targets.some((target) => realPath(target) === realPath(input)))
    throw new Refused(`${input} is the input; it is not written over. Name another output.`);
  if (warnings !== null && realPath(warnings) === realPath(output))
    throw new Refused('The warnings and the output need two different files.');
  const result = convert(readInput(input, from), { format: to, view });
  if (!result.ok) throw refusedFor(input, result.code, result.detail);
  if (to === 'json' && sizeRefusal(Buffer.byteLength(result.content), to))
    throw refusedFor(input, 'COPY_TOO_LARGE');
  write(output, result.content);
  if (warnings !== null) write(warnings, result.warnings.map((one) => `${one.message}\n`).join(''));
  else for (const one of result.warnings) say(`Warning: ${one.message}`);
}
