// Where Prisma's own command line finds the schema and the migrations. The house itself migrates
// with server/platform/migrate.ts; `prisma migrate deploy` with DATABASE_URL set can take over.
import { defineConfig } from 'prisma/config';

const url = process.env.DATABASE_URL;

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  ...(url ? { datasource: { url } } : {}),
});
