/** The sandbox in a thread of its own, so that its work is not counted as ours. */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type SandboxOptions, startSandbox } from 'reelflow/sandbox';

export interface SandboxThread {
  readonly tmdbUrl: string;
  readonly xUrl: string;
  close(): Promise<unknown>;
}

export async function startSandboxThread(options: SandboxOptions): Promise<SandboxThread> {
  const worker = new Worker(new URL(import.meta.url), { workerData: options });
  const [{ tmdbUrl, xUrl }] = await once(worker, 'message');
  return { tmdbUrl, xUrl, close: () => worker.terminate() };
}

if (!isMainThread) {
  const { tmdbUrl, xUrl } = await startSandbox(workerData as SandboxOptions);
  parentPort?.postMessage({ tmdbUrl, xUrl });
}
