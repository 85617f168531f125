import { sql } from 'drizzle-orm';
import { rows, type Db } from '#lib/server/db/db.ts';
import type { PlainDate } from '#lib/time.ts';
import { productMaterials, type AlikeItems, type ProductMaterial } from './product-materials.ts';

/** Each product's materials over its open orders, by condition: one query, grouped by what stands alike. */
export async function materialsOfProducts(
	db: Db,
	ids: readonly number[],
	on: PlainDate
): Promise<Map<number, Record<string, ProductMaterial>>> {
	if (!ids.length) return new Map();
	const found = rows<AlikeItems>(
		await db.execute(sql`
		select item.product_id as product, item.key, item.team, item.condition, item.mandatory, item.state, item.stale,
			item.valid_from::text as "validFrom", item.valid_until::text as "validUntil", min(item.due_on)::text as "dueOn",
			min(greatest(${on}::date, o.declaration_on, o.eta_if))::text as "firstDay",
			max(greatest(${on}::date, o.declaration_on, o.eta_if))::text as "lastDay",
			max(coalesce(accepter.name, preparer.name)) as who,
			to_char(max(coalesce(item.accepted_at, item.prepared_at)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "when",
			min(item.id)::int as item, (array_agg(o.number order by item.id))[1] as "order"
		from checklist_items item
		join (select id, number, declaration_on, case when declaration_on is null then eta end as eta_if
			from orders where closed_at is null) o on o.id = item.order_id
		left join people preparer on preparer.id = item.prepared_by
		left join people accepter on accepter.id = item.accepted_by
		where item.product_id in (select value::int from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
			and item.condition is not null and item.no_longer_asked_at is null
		group by item.product_id, item.key, item.team, item.condition, item.mandatory, item.state, item.stale,
			item.valid_from, item.valid_until, coalesce(item.accepted_by, item.prepared_by)
		order by item.product_id, item.key`)
	);
	return productMaterials(found, on);
}
