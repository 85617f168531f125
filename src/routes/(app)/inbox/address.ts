export interface InboxAddress {
	state: string;
	q: string;
	source: string;
	before: string;
	item?: number | string;
}

/** The parameters of an address of the inbox, without those that say nothing. */
export function inboxQuery(address: InboxAddress): string {
	const told = Object.entries(address).filter(
		([name, value]) => value && !(name === 'state' && value === 'new')
	);
	return new URLSearchParams(told.map(([name, value]) => [name, String(value)])).toString();
}

export function inboxHref(address: InboxAddress): string {
	const query = inboxQuery(address);
	return query ? `/inbox?${query}` : '/inbox';
}
