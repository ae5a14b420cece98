# One image: built with the development packages, shipped without them.
# It needs a PostgreSQL named by DATABASE_URL (docker-compose.yml brings one). Beside the server,
# dist/server holds migrate.js, backup.js and restore.js, to be run with node as well.

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Build tools bring their native parts as optional packages, so none are left out here.
RUN npm ci --include=dev --no-audit --no-fund --ignore-scripts \
 && npm rebuild esbuild
COPY . .
RUN node scripts/build.mjs

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages are the embedded PostgreSQL, which the compose file replaces.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY prisma ./prisma
COPY content ./content
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself receives the signals, so that SIGTERM ends the server in good order.
CMD ["node", "dist/server/main.js"]
