import { z } from 'zod';
import type { Operations } from './operation.ts';

export const documentOperations = {
	'GET /openapi.json': {
		summary: 'This document.',
		may: 'public',
		answer: z.record(z.string(), z.unknown())
	}
} satisfies Operations;
