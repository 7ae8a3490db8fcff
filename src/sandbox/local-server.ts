import type { Server } from 'node:http';
import { ReelflowError } from '../errors/reelflow-error.js';

/** Opens a server on 127.0.0.1. @returns its URL. @throws INVALID_OPTIONS for a port that cannot be had */
export function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE'
          ? 'is in use: choose another, or 0 for a free one'
          : `cannot be opened (${cause.code})`;
      reject(new ReelflowError('INVALID_OPTIONS', `startSandbox: port ${port} ${why}`, { cause }));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`);
    });
  });
}

/** Ends all connections, also those under way. */
export function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
