/** A thread that reads many event streams and says, when asked, how many bytes came. */
import { parentPort, workerData } from 'node:worker_threads';

const { url, streams } = workerData as { url: string; streams: number };
let bytes = 0;
const bodies = await Promise.all(Array.from({ length: streams }, async () => (await fetch(url)).body));
parentPort?.on('message', () => parentPort?.postMessage(bytes));
parentPort?.postMessage('open');
await Promise.allSettled(
  bodies.map(async (body) => {
    for await (const chunk of body ?? []) bytes += chunk.byteLength;
  }),
);
