import 'server-only'
import { z } from 'zod'
import { parsePattern } from '@/lib/domain/attribute-pattern'

/** An attribute pattern; the message completes "expected …". */
export const attributePatternValue = z.string().check((context) => {
  const pattern = parsePattern(context.value)
  if (!('fault' in pattern)) return
  context.issues.push({
    code: 'custom',
    message: `an attribute pattern such as checks.{system}.{package} (${pattern.fault})`,
    input: context.value,
  })
})
