import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kaplanMeier, type LifeCount, medianSurvival, survivalAt } from './survival'

const life = fc.record({ days: fc.nat(40), evicted: fc.nat(5), censored: fc.nat(5) })
const lives = fc.array(life, { maxLength: 30 })
const ended = fc.array(fc.nat(40), { minLength: 1, maxLength: 60 })

const countsOf = (days: readonly number[]): LifeCount[] => days.map((one) => ({ days: one, evicted: 1, censored: 0 }))

describe('kaplanMeier', () => {
  it('gives the curve of the textbook: remission of leukaemia under 6-MP (Freireich and others, 1963)', () => {
    const relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    const stillWell = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    const curve = kaplanMeier([...countsOf(relapsed), ...stillWell.map((days) => ({ days, evicted: 0, censored: 1 }))])
    const steps = curve.filter(({ evicted }) => evicted > 0)
    expect(steps.map(({ days, atRisk }) => [days, atRisk])).toEqual([
      [6, 21],
      [7, 17],
      [10, 15],
      [13, 12],
      [16, 11],
      [22, 7],
      [23, 6],
    ])
    expect(steps.map(({ survival }) => survival.toFixed(3))).toEqual([
      '0.857',
      '0.807',
      '0.753',
      '0.690',
      '0.627',
      '0.538',
      '0.448',
    ])
    expect(medianSurvival(curve)).toBe(23)
  })

  it('stays between 0 and 1 and never rises', () => {
    fc.assert(
      fc.property(lives, (some) => {
        const curve = kaplanMeier(some).map(({ survival }) => survival)
        for (const [index, survival] of curve.entries()) {
          expect(survival).toBeGreaterThanOrEqual(0)
          expect(survival).toBeLessThanOrEqual(curve[index - 1] ?? 1)
        }
      }),
    )
  })

  it('is the share that lived longer, where nothing is censored', () => {
    fc.assert(
      fc.property(ended, fc.nat(45), (days, at) => {
        const longer = days.filter((one) => one > at).length / days.length
        expect(survivalAt(kaplanMeier(countsOf(days)), at)).toBeCloseTo(longer, 10)
      }),
    )
  })

  it('does not depend on the order, nor on how equal lengths are counted', () => {
    fc.assert(
      fc.property(lives, (some) => {
        const single = some.flatMap(({ days, evicted, censored }) => [
          { days, evicted: 0, censored },
          { days, evicted, censored: 0 },
        ])
        expect(kaplanMeier([...some].reverse())).toEqual(kaplanMeier(some))
        expect(kaplanMeier(single)).toEqual(kaplanMeier(some))
      }),
    )
  })

  it('does not fall by what was only lost sight of, and says more when that is known to have lived on', () => {
    fc.assert(
      fc.property(lives, fc.nat(40), fc.nat(45), (some, seen, at) => {
        const censored = kaplanMeier([...some, { days: seen, evicted: 0, censored: 1 }])
        const died = kaplanMeier([...some, { days: seen, evicted: 1, censored: 0 }])
        expect(survivalAt(censored, at)).toBeGreaterThanOrEqual(survivalAt(died, at) - 1e-12)
      }),
    )
  })

  it('says nothing of nothing: no point, no median', () => {
    expect(kaplanMeier([])).toEqual([])
    expect(kaplanMeier([{ days: 3, evicted: 0, censored: 0 }])).toEqual([])
    expect(medianSurvival(kaplanMeier([{ days: 3, evicted: 0, censored: 9 }]))).toBeNull()
  })
})

describe('medianSurvival', () => {
  it('is the first length by which half have ended', () => {
    fc.assert(
      fc.property(ended, (days) => {
        const median = medianSurvival(kaplanMeier(countsOf(days))) ?? Number.NaN
        expect(days.filter((one) => one <= median).length * 2).toBeGreaterThanOrEqual(days.length)
        expect(days.filter((one) => one < median).length * 2).toBeLessThan(days.length)
      }),
    )
  })
})
