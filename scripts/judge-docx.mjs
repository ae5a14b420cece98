// node scripts/judge-docx.mjs FOLDER [--office]: has other programs judge the Word files that Galley makes of those in a
// folder: pandoc, the schemas of ISO 29500 and, if asked for, LibreOffice. For development.
import { checkNode, node, program } from './house.mjs';

checkNode();
const tsx = program('tsx', 'dist/cli.mjs');
const { code } = await node([tsx, 'scripts/judge-docx.ts', ...process.argv.slice(2)]);
process.exitCode = code;
