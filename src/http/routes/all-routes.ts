import type { Service } from '../service.js';
import { accessRoute } from './access.js';
import { autoSearchRoute } from './auto-search.js';
import { automationStatsRoute } from './automation-stats.js';
import { liveRoute, readyRoute } from './health.js';
import type { Route } from './route.js';
import { statusRoute } from './status.js';

export const allRoutes = (service: Service): Route[] => [
  autoSearchRoute(service),
  automationStatsRoute(service),
  statusRoute(service),
  accessRoute(),
  liveRoute(),
  readyRoute(service),
];
