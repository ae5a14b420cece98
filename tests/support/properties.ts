/** fast-check with a seed that is said: what one run of the tests tries, every run tries, on every machine. FUZZ_SEED moves it
 *  for all properties; a history that fails becomes a test with a name. */
import * as fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 20_261_122) });

export { fc };
