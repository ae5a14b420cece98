/** The program behind `npm run -s convert -- INPUT OUTPUT [--view original|accepted|marked] [--warnings FILE]`. */
import { convertLimits } from '#server/convert/limits.ts';
import { watchSelf } from '#server/convert/watchdog.ts';
import { convertCommand } from './convert-command.ts';

// The limits of a conversion on the server; scripts/convert.mjs says what happened when they end this process.
const watchdog = watchSelf({ memory: convertLimits.memory, ms: convertLimits.ms });
watchdog.busy();
process.exitCode = convertCommand(process.argv.slice(2), (line) => {
  process.stderr.write(`${line}\n`);
});
watchdog.idle();
