/** A badge as it looks now. `path` is its address here, `alt` what it is a badge of. */
export function BadgePreview({ path, alt }: { path: string; alt: string }) {
  return (
    // A badge is an image of ours that is neither cut nor scaled: nothing for next/image to do.
    // biome-ignore lint/performance/noImgElement: see above
    <img src={path} alt={alt} className="block h-auto max-w-full" />
  )
}
