/** Said on every page of the demonstration. */
export function DemoBanner() {
  return (
    <p className="notice sticky left-(--rail)">
      <strong className="font-semibold">This is demo data.</strong> Builds, caches and failures are made up; only the
      package names, versions and nixpkgs revisions are real.
    </p>
  )
}
