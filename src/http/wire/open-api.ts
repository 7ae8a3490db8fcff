import * as z from 'zod';

export const openApiSchema = z.looseObject({ openapi: z.string() });
