/** What is done once a menu or a dialog has gone: it gives the keyboard back to where it was, in the frame after it has gone. */
export const afterOverlay = (act: () => void): void => {
  requestAnimationFrame(() => requestAnimationFrame(() => act()));
};
