/** How an e-mail address is stored and looked up: one person, one way to write it. */
export function emailOf(typed: string): string {
	return typed.trim().normalize('NFC').toLowerCase();
}

/** The accounts a demo workspace comes with, and their password, which its sign-in page tells everybody. */
export const demoPassword = 'ruleline-demo';
export const demoHost = 'demo.example';

export function demoAccount(email: string): boolean {
	return email.endsWith(`@${demoHost}`);
}
