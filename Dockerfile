# The backend with the script it serves. Without DATABASE_URL it keeps its data in the volume /data.
FROM node:20-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY vite.config.ts .tsconfig.base.json tsconfig.json ./
COPY src src
COPY demo demo
RUN npx vite build --app

FROM node:20-slim AS dependencies
WORKDIR /dependencies
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM node:20-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4242 DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=dependencies /dependencies/node_modules node_modules
COPY package.json LICENSE ./
COPY --from=build /build/dist dist
USER node
VOLUME /data
EXPOSE 4242
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not by way of npm, which would not hand on the signal to stop.
CMD ["node", "dist/server/main.js"]
