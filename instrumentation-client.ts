import { config } from 'zod'

// Zod would try `new Function` once to see whether it may: the content security policy forbids it and would report it.
config({ jitless: true })
