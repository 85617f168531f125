import { allowList, destination } from '#lib/server/outbound/destination.ts';
import { OutboundError } from '#lib/server/outbound/outbound-error.ts';
import { Refusal } from '#lib/refusal.ts';

/**
 * Refuses, beside the field `url`, an address that may never be fetched. Names are judged again when they are looked
 * up and connected to; this is what can be said while the person is still looking at the form.
 * @param allow exact `host:port` that may be fetched although private
 */
export function refuseUnreachable(url: string, allow: readonly string[]): void {
	try {
		destination(url, allowList(allow));
	} catch (error) {
		if (!(error instanceof OutboundError)) throw error;
		const why = { key: error.messageKey, args: { detail: error.detail } };
		throw new Refusal('form.check_fields', { status: 400, fields: { url: why } });
	}
}
