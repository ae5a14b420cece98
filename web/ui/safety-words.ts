/** Words about what is safe where: the device that refuses, and reading without the server. */
export const safetyWords = {
  open: 'Nothing lost',
  full: 'The storage of this browser is full, so Galley can keep nothing on this device.',
  refused:
    'This browser does not let Galley keep anything on this device (a private window, perhaps, or its settings).',
  onlyHere: 'What is not saved yet is in this window only: leave it open until it says “Saved”.',
  understood: 'Understood',

  missingTitle: 'This article is not on this device',
  missing: 'Galley cannot be reached just now. The article opens as soon as it can.',
  libraryOffline:
    'Galley cannot be reached. These are the articles on this device; what you write in them is sent later.',
};
