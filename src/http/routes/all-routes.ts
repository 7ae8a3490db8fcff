import type { Service } from '../service.js';
import { accessRoute } from './access.js';
import { autoSearchRoute } from './auto-search.js';
import { automationStatsRoute } from './automation-stats.js';
import { dashboardRoute } from './dashboard.js';
import { eventsRoute } from './events.js';
import { liveRoute, readyRoute } from './health.js';
import { historyRoute } from './history.js';
import { metricsRoute } from './metrics.js';
import { movieRoute } from './movies.js';
import { openApiRoute } from './openapi.js';
import { quarantineRetryRoute, quarantineRoute } from './quarantine.js';
import { quickRecommendRoute } from './quick-recommend.js';
import type { Route } from './route.js';
import { statusRoute } from './status.js';
import { startRoute, workflowEventsRoute, workflowRoute } from './workflows.js';

export function allRoutes(service: Service): Route[] {
  const routes = [
    autoSearchRoute(service),
    automationStatsRoute(service),
    historyRoute(service),
    startRoute(service),
    workflowRoute(service),
    workflowEventsRoute(service),
    eventsRoute(service),
    movieRoute(service),
    quickRecommendRoute(service),
    quarantineRoute(service),
    quarantineRetryRoute(service),
    statusRoute(service),
    accessRoute(),
    liveRoute(),
    readyRoute(service),
    metricsRoute(service),
    dashboardRoute(),
  ];
  return [...routes, openApiRoute(service, routes)];
}
