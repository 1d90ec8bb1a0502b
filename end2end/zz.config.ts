import base from "./playwright.config";
const extra = (process.env.FLAGS ?? "").split(" ").filter(Boolean);
const use: any = { ...base.use };
use.launchOptions = { ...use.launchOptions, args: [...use.launchOptions.args.filter((a: string) => !(process.env.DROP ?? "").split(" ").includes(a)), ...extra] };
export default { ...base, workers: Number(process.env.W ?? 2), use };
