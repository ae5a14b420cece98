/** Parts that come after the page. */
import { Suspense, type ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { later } from '#web/ui/later.tsx';

const Words = ({ text }: { text: string }): ReactElement => <p>{text}</p>;
const draw = (Part: (props: { text: string }) => ReactElement): string =>
  renderToString(
    <Suspense fallback={<i>waiting</i>}>
      <Part text="here" />
    </Suspense>,
  );

describe('a part that comes later', () => {
  it('[UI113] is drawn at once when it was fetched beforehand, and is waited for when it was not', async () => {
    const Part = later(() => Promise.resolve(Words));
    expect(draw(Part)).toContain('waiting');
    await Part.prefetch();
    expect(draw(Part)).toContain('<p>here</p>');
    expect(draw(Part)).not.toContain('waiting');
  });

  it('[UI113] is fetched again after it was out of reach', async () => {
    let tries = 0;
    const Part = later(() => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(Words);
    });
    await Part.prefetch();
    expect(draw(Part)).toContain('waiting');
    expect(tries).toBe(2);
  });
});
