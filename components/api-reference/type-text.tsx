import type { TypeWords } from '@/lib/contract/openapi/type-words'

/** Where a type is described on the page. */
export const typeId = (name: string): string => `type-${name}`

/** A type in words, whose names lead to what they mean. */
export function TypeText({ type }: { type: TypeWords }) {
  return (
    <code className="wrap-anywhere">
      {type.map((piece, index) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one type never change
          <a key={index} href={`#${typeId(piece.ref)}`}>
            {piece.ref}
          </a>
        ),
      )}
    </code>
  )
}
