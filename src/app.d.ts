import type { Person } from '#lib/people/roles.ts';
import type { Services } from '#lib/services.server.ts';
import type { Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import type { Locale, Words } from '#lib/words/words.ts';

declare global {
	namespace App {
		interface Locals {
			db: Db;
			/** Null: nobody is signed in. */
			person: Person | null;
			locale: Locale;
			words: Words;
			/** The business day: today in the business zone, or the day a demo is shown on. */
			today: PlainDate;
			workspace: { kind: 'demo' | 'real'; shownOn: PlainDate | null };
			services: Services;
		}
		interface Error {
			message: string;
			/** What an operator finds in the log. */
			id?: string;
		}
	}
	/** Set by the start of the server, called when it stops. */
	var __rulelineStop: (() => Promise<void>) | undefined;
	/** The one-time link of a workspace that has no person yet. */
	var __rulelineSetupLink: string | undefined;
}

export {};
