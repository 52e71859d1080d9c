// What a reader of the API would write with generated types: the compiler checks it, then it asks the live site.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

declare const process: { argv: string[] };

type Model = components["schemas"]["Model"];
type ModelWithClaims = components["schemas"]["ModelWithClaims"];

const api = createClient<paths>({ baseUrl: process.argv[2] });
const list = await api.GET("/api/v1/models/", {
  params: { query: { parameters_min: "千亿", sort: "-parameters", page_size: 200, kind: ["model", "family"] } },
});
if (list.error !== undefined) throw new Error(list.error.detail);
const models: Model[] = list.data.results;
const one = await api.GET("/api/v1/models/{slug}/", { params: { path: { slug: "wenxin-yiyan" } } });
if (one.error !== undefined) throw new Error(one.error.detail);
const model: ModelWithClaims = one.data;
const then = await api.GET("/api/v1/models/{slug}/", {
  params: { path: { slug: "wenxin-yiyan" }, query: { release: 1 } },
});
if (then.error !== undefined) throw new Error(then.error.detail);
const refused = await api.GET("/api/v1/models/", { params: { query: { parameters_min: "gross" } } });

console.log(JSON.stringify({
  count: list.data.count,
  largest: models[0].parameters_low,
  name: model.name_zh,
  claims: (model.claims ?? []).length,
  then: (then.data.claims ?? []).length,
  refused: refused.error?.status,
}));
