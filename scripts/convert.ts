/** The program behind `npm run -s convert -- INPUT OUTPUT [--view original|accepted|marked] [--warnings FILE]`. */
import { convertCommand } from './convert-command.ts';

process.exitCode = convertCommand(process.argv.slice(2), (line) => {
  process.stderr.write(`${line}\n`);
});
