import { sealData } from 'iron-session'
import { describe, expect, it } from 'vitest'
import { openSession, sealSession, sessionCookieOptions } from './session'

const token = 'first token'

describe('a session', () => {
  it('comes back out of its cookie', async () => {
    expect(await openSession(await sealSession({ who: 'Ada' }, token), token)).toEqual({ who: 'Ada' })
  })

  it('does not show its content to who holds the cookie', async () => {
    expect(await sealSession({ who: 'Ada Lovelace' }, token)).not.toMatch(/Ada|Lovelace/)
  })

  it('ends when the admin token changes or is taken away', async () => {
    const cookie = await sealSession({ who: 'Ada' }, token)

    expect(await openSession(cookie, 'second token')).toBeNull()
    expect(await openSession(cookie, '')).toBeNull()
  })

  it('is refused after any change of a character of its cookie', async () => {
    const cookie = await sealSession({ who: 'Ada' }, token)
    for (let index = 0; index < cookie.length; index += 7) {
      const swapped = cookie[index] === 'A' ? 'B' : 'A'
      const changed = cookie.slice(0, index) + swapped + cookie.slice(index + 1)
      expect(await openSession(changed, token), `character ${index}`).toBeNull()
    }
  })

  it.each([undefined, '', 'nonsense', '~2', 'Fe26.2*1*a*b*c*d*e*f~2', '*'.repeat(5000)])(
    'is not opened by the cookie %j',
    async (cookie) => {
      expect(await openSession(cookie, token)).toBeNull()
    },
  )

  it('needs a name, also in a cookie that was sealed well', async () => {
    const password = 'k'.repeat(32)
    const foreign = await sealData({ who: 'Ada' }, { password })

    expect(await openSession(foreign, token)).toBeNull()
    expect(await openSession(await sealSession({ who: '' }, token), token)).toBeNull()
  })
})

describe('the session cookie', () => {
  it('is hidden from scripts and other sites, and demands https where the public address has it', () => {
    expect(sessionCookieOptions('http://localhost:3000')).toMatchObject({
      httpOnly: true,
      sameSite: 'lax',
      secure: false,
    })
    expect(sessionCookieOptions('https://builds.example.org')).toMatchObject({ secure: true })
  })
})
