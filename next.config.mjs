/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  typedRoutes: true,
  poweredByHeader: false,
  // Named, because Next would otherwise guess the root from whichever lock file lies above.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  outputFileTracingIncludes: {
    // Read at run time by name: the migrations, and libsql's binary for this machine.
    '/*': ['./prisma/migrations/**/*', './node_modules/@libsql/**/*'],
  },
}
