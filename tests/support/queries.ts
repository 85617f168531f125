import type { Db } from '#lib/server/db/db.ts';

const begins = new Set<PropertyKey>(['select', 'selectDistinct', 'selectDistinctOn', 'execute']);

/** The database with a count of the queries begun on it; a sub-select counts as one, so the number is an upper bound. */
export function counted(db: Db): { db: Db; queries(): number } {
	let count = 0;
	const counting = new Proxy(db, {
		get(target, name) {
			const value: unknown = Reflect.get(target, name, target);
			if (typeof value !== 'function') return value;
			return (...args: unknown[]) => {
				if (begins.has(name)) count += 1;
				return Reflect.apply(value, target, args);
			};
		}
	});
	return { db: counting, queries: () => count };
}
