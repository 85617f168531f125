// The limit: the same facts on bare node:http, hand-written SQL and concatenated text. What Ruleline adds to it (sessions,
// roles, languages, components, judging on the day) is what the ratio of the bench measures.
//   node tests/bench/limit.ts <data folder> <port>
import { createServer } from 'node:http';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const [dataDir = '', port = ''] = process.argv.slice(2);
const pglite = await PGlite.create(path.join(dataDir, 'pgdata'));

type Row = Record<string, unknown>;

const rowsOfList = `
	select o.number, o.buyer, p.names->>'en' as place, o.eta::text as eta_text, o.id, o.currency, j.readiness,
		j.mandatory_total, j.mandatory_holding, j.summary->'materials' as materials, j.missing_low, j.missing_high,
		j.open_low, j.open_high, j.may_not_apply_low, j.may_not_apply_high, j.prepared_low, j.prepared_high
	from orders o join places p on p.key = o.place_key left join order_judgements j on j.order_id = o.id
	where o.closed_at is null and o.eta is not null`;

const totals = `
	select o.currency, o.place_key, j.readiness, count(*)::int as orders, sum(j.missing_high)::float8 as missing,
		sum(j.open_high)::float8 as open, sum(j.may_not_apply_high)::float8 as may_not_apply,
		sum(j.prepared_high)::float8 as prepared
	from order_judgements j join orders o on o.id = j.order_id and o.closed_at is null
	group by o.currency, o.place_key, j.readiness`;

async function list(query: URLSearchParams): Promise<string> {
	const [eta, id] = (query.get('after') ?? '').split('~');
	const search = query.get('q');
	const like = search && `%${search}%`;
	const found = like
		? await pglite.query<Row>(
				`${rowsOfList} and (o.number ilike $1 or o.buyer ilike $1 or exists (select 1 from order_lines l
					join products s on s.id = l.product_id where l.order_id = o.id and s.sku ilike $1))
				order by o.eta, o.id limit 51`,
				[like]
			)
		: id
			? await pglite.query<Row>(
					`${rowsOfList} and (o.eta, o.id) > ($1::date, $2::int) order by o.eta, o.id limit 51`,
					[eta, id]
				)
			: await pglite.query<Row>(`${rowsOfList} order by o.eta, o.id limit 51`);
	const sums = await pglite.query<Row>(totals);
	return `<table>${tableRows(sums.rows)}</table><table>${tableRows(found.rows.slice(0, 50))}</table>`;
}

const orderFacts = `
	select o.*, i.name as importer, p.names as place, j.readiness, j.applicability, j.summary, j.mandatory_total,
		j.mandatory_holding
	from orders o join importers i on i.id = o.importer_id join places p on p.key = o.place_key
	left join order_judgements j on j.order_id = o.id where o.number = $1`;
const orderLines = `
	select l.position, l.quantity, l.fob_minor, l.origin_country, s.sku, s.names, c.names as category
	from order_lines l join products s on s.id = l.product_id join categories c on c.code = s.category
	where l.order_id = $1 order by l.position`;
const orderItems = `
	select c.id, c.key, c.team, c.state, c.mandatory, c.due_on, c.valid_until, c.reason, c.note, b.title, s.sku,
		coalesce(a.name, r.name) as who, g.name as assignee, coalesce(c.accepted_at, c.prepared_at) as at
	from checklist_items c join playbook_items b on b.id = c.playbook_item_id
	left join products s on s.id = c.product_id left join people a on a.id = c.accepted_by
	left join people r on r.id = c.prepared_by left join people g on g.id = c.assignee_id
	where c.order_id = $1 order by c.id`;
const orderTalk = `
	select c.body, c.at, p.name from comments c join people p on p.id = c.person
	where c.subject = 'order' and c.subject_id = $1 order by c.id`;
const orderHistory = `
	select a.at, a.deed, a.data, p.name from activity a left join people p on p.id = a.person
	where a.order_id = $1 order by a.id desc limit 40`;

async function order(number: string): Promise<string> {
	const { rows } = await pglite.query<Row>(orderFacts, [number]);
	const parts = [tableRows(rows)];
	for (const text of [orderLines, orderItems, orderTalk, orderHistory]) {
		const part = await pglite.query<Row>(text, [rows[0]?.id]);
		parts.push(`<table>${tableRows(part.rows)}</table>`);
	}
	return parts.join('');
}

function tableRows(rows: Row[]): string {
	let html = '';
	for (const row of rows) {
		html += '<tr>';
		for (const name in row) html += `<td>${escaped(row[name])}</td>`;
		html += '</tr>';
	}
	return html;
}

function escaped(value: unknown): string {
	if (value === null) return '';
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const server = createServer((request, response) => {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
	const page = pathname === '/orders' ? list(searchParams) : order(decodeURIComponent(pathname.slice(8)));
	page.then(
		(body) => {
			response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
			response.end(`<!doctype html><title>limit</title>${body}`);
		},
		(error: unknown) => response.writeHead(500).end(String(error))
	);
});
server.listen(Number(port), '127.0.0.1', () => console.log(`Limit ready at ${port}`));
process.once('SIGTERM', () => {
	server.close();
	server.closeAllConnections();
	void pglite.close().then(() => process.exit(0));
});
