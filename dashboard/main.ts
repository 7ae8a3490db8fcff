import { alarmsOf, type Connection, isOutOfDate } from './alarms.js';
import { Service } from './api.js';
import { startTicking } from './countdown.js';
import { part } from './dom.js';
import { follow, type StreamMessage } from './event-stream.js';
import { clock } from './format.js';
import { Samples } from './samples.js';
import { AccessView } from './views/access.js';
import { showRuns, showTriggers } from './views/activity.js';
import { showApis } from './views/apis.js';
import { showErrors, showMoney, showStores } from './views/facts.js';
import { showHealth } from './views/health.js';
import { showOverview } from './views/overview.js';
import { QuarantineView } from './views/quarantine.js';
import { showRates } from './views/rates.js';
import { SearchView } from './views/search.js';
import type { WireMoment, WireSample } from './wire.js';

const service = new Service();
const samples = new Samples();
const search = new SearchView(service);
const quarantine = new QuarantineView(service);
const access = new AccessView(service, open, close);
let connection: Connection = { state: 'waiting', heardAtMs: Date.now(), retryAtMs: null };
let moment: WireMoment | null = null;
let stopFollowing: (() => void) | undefined;

function open(canStart: boolean): void {
  search.allow(canStart);
  quarantine.allow(canStart);
  void loadHistory();
  stopFollowing?.();
  stopFollowing = follow(
    service,
    '/events',
    {
      onMessage: hear,
      onSign: () => say({ state: 'live', heardAtMs: Date.now(), retryAtMs: null }),
      onBroken: (retryAtMs) => say({ ...connection, state: 'broken', retryAtMs }),
      onEnd: (error) =>
        error?.status === 401 ? access.refuse() : say({ ...connection, state: 'broken', retryAtMs: null }),
    },
    false,
  );
}

function close(): void {
  stopFollowing?.();
  stopFollowing = undefined;
  say({ state: 'waiting', heardAtMs: Date.now(), retryAtMs: null });
}

function hear({ event, data }: StreamMessage): void {
  if (event === 'reset') void loadHistory(); // the service was started anew
  if (event !== 'stats') return;
  moment = data as WireMoment; // of the same package, and of the same version
  samples.add(moment);
  showMoment(moment);
}

async function loadHistory(): Promise<void> {
  try {
    const { samples: past } = await service.get<{ samples: WireSample[] }>('/automation-stats/history');
    samples.replace(past);
    if (moment !== null) showMoment(moment);
  } catch {
    // The charts then begin now; what is wrong is said by the stream.
  }
}

function showMoment(now: WireMoment): void {
  showOverview(now);
  showRuns(now);
  showRates(now, samples);
  showApis(now);
  showErrors(now);
  showMoney(now);
  showStores(now);
  showTriggers(now);
  void quarantine.update(now.status.storage.quarantined);
  part('version').textContent = `reelflow ${now.status.version}`;
  showAlarms();
}

function showAlarms(): void {
  const alarms = alarmsOf(moment, samples, connection);
  showHealth(alarms, moment !== null);
  const worst = alarms[0]?.kind;
  document.title = `${worst === 'bad' ? '▲ ' : ''}reelflow`;
}

function say(next: Connection): void {
  connection = next;
  showConnection();
}

function showConnection(): void {
  const { state, heardAtMs } = connection;
  const where = part('connection');
  const outOfDate = isOutOfDate(connection, Date.now());
  where.dataset['state'] = outOfDate ? 'broken' : state;
  const said = outOfDate ? `out of date since ${clock(heardAtMs)}` : state === 'live' ? 'live' : 'connecting';
  if (where.textContent !== said) where.textContent = said;
}

async function begin(): Promise<void> {
  for (let waitMs = 500; !(await access.enter()); waitMs = Math.min(10_000, waitMs * 2)) {
    part('connection').textContent = 'the service is not reached';
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

startTicking(() => {
  search.tick();
  showConnection();
  showAlarms();
});
void begin();
