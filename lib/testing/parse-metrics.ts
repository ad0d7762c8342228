export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Family {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly samples: readonly Sample[]
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([Nn]a[Nn]|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y
const TYPES = ['counter', 'gauge', 'histogram', 'summary']

/**
 * The text format of Prometheus (version 0.0.4), read strictly: HELP and TYPE before the samples of each family, no
 * sample twice, counters that end in `_total`, histograms whose buckets rise to `+Inf`. Throws at the first fault.
 */
export function parseMetrics(text: string): Family[] {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const families = text
    .split(/^(?=# HELP )/m)
    .filter((block) => block.trim() !== '')
    .map(parseFamily)
  refuseRepeated(families.map(({ name }) => name))
  refuseRepeated(families.flatMap(({ samples }) => samples.map(({ name, labels }) => name + JSON.stringify(labels))))
  return families
}

function parseFamily(block: string): Family {
  const [first = '', second = '', ...rest] = block.trimEnd().split('\n')
  const [, name = '', help = ''] = /^# HELP (\S+) (.+)$/.exec(first) ?? []
  const [, typed, type = ''] = /^# TYPE (\S+) (\S+)$/.exec(second) ?? []
  if (!NAME.test(name) || typed !== name || !TYPES.includes(type))
    throw new Error(`no HELP and TYPE in ${first}, ${second}`)
  const samples = rest.filter((line) => line !== '').map(parseSample)
  const family = { name, type, help, samples }
  for (const sample of samples) refuseForeign(family, sample)
  if (type === 'counter' && !name.endsWith('_total')) throw new Error(`the counter ${name} does not end in _total`)
  if (type === 'histogram') checkBuckets(family)
  return family
}

function parseSample(line: string): Sample {
  const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? []
  if (name === '') throw new Error(`no sample: ${line}`)
  return { name, labels: parseLabels(labels, line), value: Number(value.replace('Inf', 'Infinity')) }
}

function parseLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {}
  LABEL.lastIndex = 0
  for (let at = 0; at < text.length; at = LABEL.lastIndex) {
    const [, name, value] = LABEL.exec(text) ?? []
    if (name === undefined || value === undefined || name in labels) throw new Error(`bad labels: ${line}`)
    labels[name] = value
  }
  return labels
}

function refuseForeign({ name, type }: Family, sample: Sample): void {
  const suffixes =
    type === 'histogram' ? ['_bucket', '_sum', '_count'] : type === 'summary' ? ['', '_sum', '_count'] : ['']
  if (!suffixes.some((suffix) => sample.name === name + suffix)) throw new Error(`${sample.name} stands under ${name}`)
}

function checkBuckets({ name, samples }: Family): void {
  const series = new Map<string, Sample[]>()
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels
    if (sample.name === `${name}_bucket`)
      series.set(JSON.stringify(labels), [...(series.get(JSON.stringify(labels)) ?? []), sample])
  }
  for (const [labels, buckets] of series) {
    const counts = buckets.map(({ value }) => value)
    const isRising = counts.every((count, index) => count >= (counts[index - 1] ?? 0))
    const total = samples.find((one) => one.name === `${name}_count` && JSON.stringify(one.labels) === labels)
    if (!isRising || buckets.at(-1)?.labels.le !== '+Inf' || total?.value !== counts.at(-1)) {
      throw new Error(`the buckets of ${name}${labels} do not rise to +Inf`)
    }
  }
}

function refuseRepeated(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw new Error(`${repeated} stands twice`)
}
