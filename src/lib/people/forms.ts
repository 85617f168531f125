import { z } from 'zod';
import { locales } from '#lib/words/words.ts';
import { passwordLength } from './password-rule.ts';
import { roles } from './roles.ts';

/** The fields of people's forms, used by pages and API alike. */
export const personName = z.string().trim().min(1).max(120);
export const personEmail = z
	.string()
	.trim()
	.max(254)
	.regex(/^[^\s@]+@[^\s@]+$/, 'people.email_wrong');
export const personLocale = z.enum(locales);
/** Whether it may be chosen is the password rule's to say; here only that a megabyte of text is none. */
export const anyPassword = z
	.string()
	.min(1)
	.max(passwordLength.most * 4, 'people.password_long');
export const recordVersion = z.coerce.number().int().positive();

/** A form says a part in a team as `customs` or `customs:lead`, and none as nothing. */
const parts = z
	.array(z.string().max(60))
	.default([])
	.transform((texts) => texts.filter(Boolean).map(readPart));

export const PersonForm = z.object({
	name: personName,
	email: personEmail,
	locale: personLocale,
	roles: z.array(z.enum(roles)).default([]),
	teams: parts
});

function readPart(text: string): { team: string; lead: boolean } {
	return text.endsWith(':lead') ? { team: text.slice(0, -5), lead: true } : { team: text, lead: false };
}
