import 'server-only'
import { Cron } from 'croner'
import { config } from '@/lib/config/config'
import { log } from '@/lib/log'
import { type StartedSync, startSync } from './start-sync'

export interface ScheduleOptions {
  /** Cron pattern of five fields, in UTC. */
  readonly pattern: string
  readonly start: () => Promise<StartedSync>
}

/** Syncs on the configured schedule until `stop()`. A sync that takes longer than the interval is not overtaken. */
export function startSchedule(options: Partial<ScheduleOptions> = {}): Cron {
  const { pattern = config().sync.schedule, start = () => startSync({ trigger: 'schedule', who: null }) } = options
  const schedule = new Cron(pattern, { timezone: 'UTC', protect: true, unref: true }, () => runScheduled(start))
  log.info({ pattern, next: schedule.nextRun()?.toISOString() ?? null }, 'sync scheduled')
  return schedule
}

/** When the schedule starts the next sync; null when its pattern has no time to come. */
export function nextSync(now = new Date(), pattern = config().sync.schedule): Date | null {
  return new Cron(pattern, { timezone: 'UTC', paused: true }).nextRun(now)
}

async function runScheduled(start: ScheduleOptions['start']): Promise<void> {
  try {
    const sync = await start()
    if (sync.started) await sync.done
    else log.info({ run: sync.id }, 'scheduled sync left out: another one runs')
  } catch (err) {
    // The schedule goes on: a database that is away for a minute must not end it.
    log.error({ err }, 'scheduled sync could not start')
  }
}
