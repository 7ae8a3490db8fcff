// The service inside a NestJS 12 app. Decorators are called as functions, so that Node runs this file as it is.
// Then: curl -X POST -H 'authorization: Bearer demo-token' 'http://127.0.0.1:3000/api/orchestrator/auto-search?movie_name=RRR'
import 'reflect-metadata';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AutomatedWorkflowManager, MemoryRepository } from 'reelflow';
import { createOrchestratorApp, nodeListener } from 'reelflow/http';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';

const sandbox = await startSandbox(); // yours: real keys, and no base URLs

class Films {
  readonly manager = new AutomatedWorkflowManager({
    movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
    reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
    repository: new MemoryRepository(),
  });

  async beforeApplicationShutdown(): Promise<void> {
    await this.manager.close(); // streams end; searches under way have 10 s
    await sandbox.close();
    console.log('closed in order');
  }
}
Injectable()(Films);

class Rest {
  rest(): string {
    return 'the rest of your service\n';
  }
}
Controller()(Rest);
Get()(Rest.prototype, 'rest', Object.getOwnPropertyDescriptor(Rest.prototype, 'rest') ?? {});

class AppModule {}
Module({ providers: [Films], controllers: [Rest] })(AppModule);

const app = await NestFactory.create<NestExpressApplication>(AppModule, { logger: ['error', 'warn'] });
const orchestrator = createOrchestratorApp(app.get(Films).manager, {
  auth: { bearer: [process.env['TOKEN'] ?? 'demo-token'] },
});
// Before Nest's body parsers, which come with `listen`: it reads the body itself.
app.getHttpAdapter().getInstance().all('/api/orchestrator/*rest', nodeListener(orchestrator));
app.enableShutdownHooks(['SIGTERM'], { useProcessExit: true });
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');
console.log(`listening on ${await app.getUrl()}`);
