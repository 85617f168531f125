import { describe, expect, it } from 'vitest';
import { atStart, jobDefinitions, type Background } from './jobs.server.ts';

// Definitions only name what they will call; nothing is called here.
const definitions = jobDefinitions({} as Background);

describe('the schedule', () => {
	it('catches up at a start on every nightly job that other nights rely on', () => {
		expect(atStart.every((name) => definitions[name]?.schedule)).toBe(true);
	});

	it('has five fields a line', () => {
		const lines = Object.values(definitions).flatMap(({ schedule }) => schedule ?? []);
		expect(lines.filter((line) => line.split(' ').length !== 5)).toEqual([]);
	});
});
