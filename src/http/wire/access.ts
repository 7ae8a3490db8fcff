import * as z from 'zod';

export const accessSchema = z.strictObject({ can_start: z.boolean() });
