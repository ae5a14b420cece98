/** Pictures and text boxes. A picture becomes a figure; its bytes are kept as they are in the file, if they are those of a picture. */
import { allowedPicture } from '#core/article/picture.ts';
import { assetLimits } from '#core/formats/assets/asset.ts';
import { jpegTurn } from '#core/formats/assets/read-jpeg.ts';
import type { Kept } from '#core/formats/assets/kept-pictures.ts';
import { alternativeOf } from '#core/formats/docx/alternative.ts';
import { changesAt } from '#core/formats/docx/change-marks.ts';
import type { Relationship } from '#core/formats/docx/open-package.ts';
import type { Reading } from '#core/formats/docx/reading.ts';
import type { Scope } from '#core/formats/docx/read-runs.ts';
import type { XmlElement } from '#core/formats/docx/read-xml.ts';
import { figureName } from '#core/formats/docx/write-picture.ts';
import { whyLost } from '#core/formats/import/picture.ts';
import { inQuotes } from '#core/formats/warning.ts';

/** Every element under one, itself included, without those of text boxes. */
function* under(element: XmlElement): Generator<XmlElement> {
  yield element;
  const chosen = element.name === 'mc:AlternateContent' ? alternativeOf(element) : undefined;
  for (const one of chosen ? [chosen] : element.children) {
    if (one.name === 'w:txbxContent') yield one;
    else yield* under(one);
  }
}

/** Reads a drawing of whatever age. */
export function readPicture(reading: Reading, element: XmlElement, scope: Scope): void {
  const all = [...under(element)];
  const boxes = all.filter(({ name }) => name === 'w:txbxContent');
  if (boxes.length > 0) {
    const changes = [...reading.changes];
    scope.boxes.push(...boxes.map((content) => ({ content, changes })));
    reading.lost('the frame of a text box; its words stand after the paragraph', 'changed');
  }
  if (element.name === 'w:object') return reading.lost('an object of another program');
  const blips = all.filter(({ name }) => name === 'a:blip' || name === 'v:imagedata');
  const [first] = blips;
  if (!first) {
    if (boxes.length === 0) tellDrawing(reading, all);
    return;
  }
  const about = all.find(({ name }) => name === 'wp:docPr');
  const shape = all.find(({ name }) => name === 'v:shape' || name === 'v:rect');
  const alt = about?.attrs['descr'] ?? shape?.attrs['alt'] ?? '';
  if (about?.attrs['name'] === figureName) {
    addFigure(reading, scope, nameOfOwn(reading, all, about, scope), alt);
    return;
  }
  const called = alt === '' ? (about?.attrs['name'] ?? 'without a description') : alt;
  for (const blip of blips) {
    const src = pictureIn(reading, blip, scope, `The picture ${inQuotes(called)}`);
    // The description is that of the drawing: it stands once.
    addFigure(reading, scope, src, blip === first ? alt : '');
    if (src.startsWith('asset:')) tellForm(reading, all, src, inQuotes(called));
  }
}

/** A drawing that no picture stands for; its words are named. */
function tellDrawing(reading: Reading, all: readonly XmlElement[]): void {
  const words = all
    .map(({ name, attrs, text }) =>
      name === 'a:t' ? text : name === 'v:textpath' ? (attrs['string'] ?? '') : '',
    )
    .filter((one) => one !== '')
    .join(' ');
  if (words === '') reading.lost('a drawing');
  else reading.draft.warn('left-out', `Left out: a drawing with the words ${inQuotes(words)}.`);
}

/** Adds a figure with the changes around it, of each kind the first; it counts like a character. */
function addFigure(reading: Reading, scope: Scope, src: string, alt: string): void {
  const found = changesAt(reading, 1);
  const kinds = ['ins', 'del'] as const;
  const changes = kinds.flatMap((kind) => found.find(({ change }) => change.kind === kind) ?? []);
  if (found.length > changes.length) reading.lost('a second striking of a picture');
  scope.figures.push({ src, alt, changes });
  reading.keys.advance(1);
}

/** The address that a grey field of ours stands for. */
function nameOfOwn(
  reading: Reading,
  all: readonly XmlElement[],
  about: XmlElement,
  scope: Scope,
): string {
  const click = all.find(({ name }) => name === 'a:hlinkClick');
  const relations = reading.file.relations(scope.part);
  const address = relations.get(click?.attrs['r:id'] ?? '')?.target ?? about.attrs['title'] ?? '';
  return allowedPicture(address) ? address : '';
}

/** The address for the figure of a picture: of its bytes, or of the web, or ''. Says what is not kept. */
function pictureIn(reading: Reading, blip: XmlElement, scope: Scope, name: string): string {
  const relations = reading.file.relations(scope.part);
  const found = ['r:embed', 'r:id', 'r:link'].flatMap(
    (key) => relations.get(blip.attrs[key] ?? '') ?? [],
  );
  const inside = found.find(({ external }) => !external);
  const kept = inside && keptOf(reading, inside);
  if (kept?.ok) return kept.src;
  const address = linked(found.find(({ external }) => external));
  if (allowedPicture(address) && address !== '') {
    reading.draft.warn('changed', `${name} is named by its address.`);
    return address;
  }
  const why = kept ? whyLost(kept.code) : 'is not in the file';
  reading.draft.warn('changed', `${name} ${why}; a figure with its description stands for it.`);
  return '';
}

/** A part of the file as a kept picture; each part is looked at once. */
function keptOf(reading: Reading, { target }: Relationship): Kept | null {
  const { pictures, draft, file } = reading;
  const known = pictures.get(target);
  if (known) return known;
  const bytes = file.bytes(target, assetLimits.bytes);
  if (bytes === null) return null;
  const kept: Kept =
    bytes === 'too large' ? { ok: false, code: 'PICTURE_TOO_LARGE' } : draft.pictures.keep(bytes);
  pictures.set(target, kept);
  return kept;
}

const linked = (relation: Relationship | undefined): string => relation?.target ?? '';

/** What Word shows of a picture beside its bytes: a cut, or a turn that the picture itself does not have. */
function tellForm(reading: Reading, all: readonly XmlElement[], src: string, called: string): void {
  const cut = all.find(({ name }) => name === 'a:srcRect');
  if (cut && Object.values(cut.attrs).some((value) => Number(value) !== 0))
    reading.draft.warn(
      'changed',
      `The picture ${called} is kept whole; in Word a part of it is shown.`,
    );
  const turn = Number(all.find(({ name }) => name === 'a:xfrm')?.attrs['rot'] ?? 0) / 60_000;
  const asset = reading.draft.pictures.assets.get(src.slice('asset:'.length).split('/')[0] ?? '');
  const own = asset?.type === 'image/jpeg' ? jpegTurn(asset.bytes) : 0;
  if (Number.isFinite(turn) && (((turn - own) % 360) + 360) % 360 !== 0 && turn !== 0)
    reading.draft.warn('changed', `The picture ${called} stands upright; in Word it is turned.`);
}
