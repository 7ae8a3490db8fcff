export { createOrchestratorApp, type OrchestratorApp } from './create-orchestrator-app.js';
export type { OrchestratorAuth, OrchestratorOptions } from './options.js';
export { type Fetching, type ServedApp, type ServeOptions, serve } from './serve.js';
