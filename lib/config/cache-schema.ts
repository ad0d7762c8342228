import 'server-only'
import { z } from 'zod'
import { strict } from './strict'
import { addressValue, nameValue, publicKeyValue, segmentValue } from './values'

const common = {
  id: nameValue.describe('Our name for this cache; unique in the file.'),
  url: addressValue.describe('Base address of the cache, as substituters name it.'),
  recheckMinutes: z
    .number()
    .int()
    .min(1)
    .max(525_600)
    .default(60)
    .describe('A path is asked for at most this often, in minutes.'),
  publicKeys: z.array(publicKeyValue).min(1).describe('Keys whose signatures count for this cache.'),
}

export const CachixCacheSchema = strict({
  ...common,
  kind: z.literal('cachix'),
  name: segmentValue.optional().describe('The name of the cache in addresses of the API; the id unless set.'),
  api: addressValue.default('https://cachix.org').describe('Base address of the cachix API.'),
}).describe('A cache on cachix.')

export const BinaryCacheSchema = strict({
  ...common,
  kind: z.literal('binary-cache'),
}).describe('Any server of the Nix binary cache protocol.')
