import { SingleBar } from 'cli-progress'
import type { SyncRun } from '@/lib/contract/sync'
import { STAGE_WORDS } from '@/lib/contract/sync-words'
import { printable, tell } from './terminal'

/** Shows how far a run is; `end` leaves the terminal ready for the next line. */
export interface Progress {
  show(run: SyncRun): void
  end(): void
}

/** A bar on a terminal, plain lines elsewhere. */
export function makeProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? barProgress(stream) : lineProgress(tell)
}

/** One line per stage and per quarter of it. */
export function lineProgress(write: (line: string) => void): Progress {
  let last = ''
  return {
    show({ progress }) {
      if (progress === null) return
      const { done, total } = progress
      const quarter = total === 0 ? 0 : Math.floor((done / total) * 4)
      const step = `${labelOf(progress)} ${total === 0 ? '' : quarter}`
      if (step === last) return
      last = step
      write(total === 0 ? labelOf(progress) : `${labelOf(progress)}: ${done} of ${total}`)
    },
    end() {},
  }
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({ stream, format: '{bar} {label} {counts}', hideCursor: true, barsize: 24 })
  bar.start(1, 0, { label: 'starting', counts: '' })
  return {
    show({ progress }) {
      if (progress === null) return
      const { done, total } = progress
      // A stage without a total has nothing to count: an empty bar, not a full one.
      bar.setTotal(Math.max(total, 1))
      bar.update(done, { label: labelOf(progress), counts: total === 0 ? '' : `${done}/${total}` })
    },
    end: () => bar.stop(),
  }
}

function labelOf({ stage, source }: NonNullable<SyncRun['progress']>): string {
  return source === null ? STAGE_WORDS[stage] : `${STAGE_WORDS[stage]} (${printable(source)})`
}
