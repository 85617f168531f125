/** What gazettes write into addresses without marks -> as the number is written. Sorted. */
const SPELLINGS: Record<string, string> = {
	bldtbxh: 'BLĐTBXH',
	dtqg: 'ĐTQG',
	hd: 'HĐ',
	hdnd: 'HĐND',
	nd: 'NĐ',
	qd: 'QĐ',
	ttg: 'TTg'
};

const NUMBER =
	/(?<![\da-z])(\d{1,5})-((?:19|20)\d\d)-([a-z]{2,8}\d{0,2}(?:-[a-z]{2,8}\d{0,2}){0,2})(?![a-z])/i;
const LONGEST = 160;

/**
 * A title for an item whose source gave none: the document number in its address (`00-2026-qd-ttg` reads
 * `00/2026/QĐ-TTg`) and the first sentence of its text, whichever there is; else its address.
 */
export function madeTitle(text: string, link: string | undefined): string {
	const found = [documentNumber(link), firstSentence(text)].filter((part) => part !== '');
	return found.join(': ') || (link ?? '');
}

function documentNumber(link: string | undefined): string {
	const path = link ? (URL.parse(link)?.pathname ?? '') : '';
	const slug = path.split('/').findLast((part) => part !== '') ?? '';
	const [, number, year, codes] = NUMBER.exec(slug.replace(/\.\w+$/, '')) ?? [];
	if (!number || !year || !codes) return '';
	const written = codes.split('-').map((code) => SPELLINGS[code.toLowerCase()] ?? code.toUpperCase());
	return `${number}/${year}/${written.join('-')}`;
}

function firstSentence(text: string): string {
	const line = text.split('\n').find((part) => part.trim() !== '') ?? '';
	// A full stop ends a sentence only before a space: numbers and addresses have full stops too.
	const sentence = (/^.*?(?:[。！？]|[.!?](?=\s|$))/u.exec(line)?.[0] ?? line).trim().replace(/\.$/, '');
	return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST - 1).trimEnd()}…`;
}
