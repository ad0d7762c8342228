/** @type {import('next').NextConfig} */
export default {
  output: 'standalone',
  typedRoutes: true,
  poweredByHeader: false,
  // `npm run check` does that, with the development dependencies that it needs; whoever only runs the program lacks them.
  typescript: { ignoreBuildErrors: true },
  // Room for a pasted dry run of a million characters as a form sends it; longer ones are refused in words.
  experimental: { serverActions: { bodySizeLimit: '4mb' } },
  // Named, because Next would otherwise guess the root from whichever lock file lies above.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  outputFileTracingIncludes: {
    // Read at run time by name: the migrations, and libsql's binary for this machine.
    '/*': ['./prisma/migrations/**/*', './node_modules/@libsql/**/*'],
  },
}
