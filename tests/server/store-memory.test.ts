import { describe } from 'vitest';
import { MemoryStore } from '#server/store/memory.ts';
import { storeContract } from '#tests/server/store-contract.ts';

describe('the store in memory', () => {
  storeContract(() => {
    const store = new MemoryStore();
    return Promise.resolve({
      store,
      addPerson: (person) => Promise.resolve(store.addPerson(person)),
      reopen: () => Promise.resolve(store),
      end: () => store.close(),
    });
  });
});
