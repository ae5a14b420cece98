/** Reading boxes of the editor: what a card stands beside. */

/** What of a box matters here, in pixels of the window. */
export interface Lines {
  top: number;
  bottom: number;
}

/** Height of a line of the article in pixels; a box much higher than this holds several lines. */
const lineHeight = 32;

/** The middle of the first line of a box: what a card and its hairline stand beside. */
export const firstLine = ({ top, bottom }: Lines): number =>
  bottom - top > lineHeight * 1.5 ? top + lineHeight / 2 : (top + bottom) / 2;
