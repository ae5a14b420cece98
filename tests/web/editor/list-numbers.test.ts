/** The numbers that stand before list items. */
import { expect, it } from 'vitest';
import { EditorState } from 'prosemirror-state';
import type { DecorationSet } from 'prosemirror-view';
import type { Node } from 'prosemirror-model';
import { schema } from '#core/article/schema.ts';
import { itemNumbers, listNumbers, listOf } from '#web/editor/list-numbers.ts';

type Kind = 'bullet' | 'ordered';
const item = (kind: Kind, level: number, start: number): Node =>
  schema.node('block', { list: { kind, level, start } }, [schema.text('Words')]);
const paragraph = schema.node('block', null, [schema.text('Words')]);

const article = schema.node('doc', null, [
  schema.node('headline', null, [schema.text('Headline')]),
  item('ordered', 0, 5),
  item('bullet', 1, 1),
  item('ordered', 0, 5),
  item('ordered', 1, 3),
  item('ordered', 1, 3),
  // Typed into the list: it counts on, whatever it says.
  item('ordered', 0, 1),
  paragraph,
  item('ordered', 0, 1),
  item('bullet', 0, 1),
  item('ordered', 0, 0),
]);

it('[UI121] a list counts on from its first item, each level for itself, and ends at any other block', () => {
  const count = itemNumbers();
  const numbers: number[] = [];
  article.forEach((block) => {
    const list = listOf(block);
    const { number } = count(list);
    if (list?.kind === 'ordered') numbers.push(number);
  });
  expect(numbers).toEqual([5, 6, 3, 4, 7, 1, 0]);
});

it('[UI121] a list that does not begin with 1 is drawn from where it begins, and nothing else is touched', () => {
  const plugin = listNumbers();
  const draw = plugin.props.decorations?.bind(plugin);
  const drawn = draw?.(EditorState.create({ doc: article })) as DecorationSet;
  const styles = drawn.find().map((decoration) => {
    const { attrs } = (decoration as unknown as { type: { attrs: { style: string } } }).type;
    return [article.resolve(decoration.from).index(0), attrs.style.slice(0, 30)];
  });
  expect(styles).toEqual([
    [1, 'counter-set: item0 5 item1 0 i'],
    [4, 'counter-set: item1 3 item2 0 i'],
    [10, 'counter-set: item0 0 item1 0 i'],
  ]);
});
