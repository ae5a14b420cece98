/** Words about what is safe where: the device that refuses, and reading without the server. */
import { plural } from '#web/ui/messages.ts';

export const safetyWords = {
  open: 'Nothing lost',
  full: 'The storage of this browser is full, so Galley can keep nothing on this device.',
  refused:
    'This browser does not let Galley keep anything on this device (a private window, perhaps, or its settings).',
  onlyHere: 'What is not saved yet is in this window only: leave it open until it says “Saved”.',
  understood: 'Understood',

  leaveTitle: (count: number) =>
    plural(count, {
      one: 'One thing is half written',
      other: '# things are half written',
    }),
  leaveLead: (count: number) =>
    plural(count, {
      one: 'It is on this device only. Signing out removes it, since others may use the device.',
      other:
        'They are on this device only. Signing out removes them, since others may use the device.',
    }),
  leaveMore: (count: number) => plural(count, { one: 'And one more.', other: 'And # more.' }),
  stay: 'Stay signed in',
  leave: (count: number) =>
    plural(count, { one: 'Sign out and remove it', other: 'Sign out and remove them' }),

  missingTitle: 'This article is not on this device',
  missing: 'Galley cannot be reached just now. The article opens as soon as it can.',
  libraryOffline:
    'Galley cannot be reached. These are the articles on this device; what you write in them is sent later.',
};
