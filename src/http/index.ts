export { createOrchestratorApp, type OrchestratorApp } from './create-orchestrator-app.js';
export { type Fetching, nodeListener } from './node-listener.js';
export type { OrchestratorAuth, OrchestratorOptions } from './options.js';
export { type ServedApp, type ServeOptions, serve } from './serve.js';
