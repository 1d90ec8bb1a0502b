// Script-injection strings. A page that does not escape them runs `injectedScriptRan`, which the page checks report.
const run = "injectedScriptRan()";

/** At most 32 characters each, so that they are valid names of keys. */
const short = [
  "<script>alert(1)</script>",
  "</script><script>alert(1)//",
  "<img src=x onerror=alert(1)>",
  "<svg onload=alert(1)>",
  "<svg/onload=alert(1)//",
  "\"><img src=x onerror=alert(1)>",
  "'><svg onload=alert(1)>",
  "\" autofocus onfocus=alert(1) x=\"",
  "' onmouseover=alert(1) x='",
  "` onclick=alert(1) x=`",
  "javascript:alert(1)",
  "</td><svg onload=alert(1)>",
  "</title><svg onload=alert(1)>",
  "--><svg onload=alert(1)><!--",
  "]]><svg onload=alert(1)>",
  "<a href=javascript:alert(1)>x",
  "<body onload=alert(1)>",
  "<iframe src=javascript:alert(1)>",
  "<details open ontoggle=alert(1)>",
  "<video><source onerror=alert(1)>",
  "<math><mi xlink:href=javascript:",
  "{{alert(1)}}",
  "${alert(1)}",
  "<%= alert(1) %>",
  "&lt;script&gt;alert(1)//",
  "&#60;svg onload=alert(1)&#62;",
  "%3Csvg%20onload=alert(1)%3E",
  "\\u003csvg onload=alert(1)\\u003e",
  "\\x3csvg onload=alert(1)\\x3e",
  "<svg><a xlink:href=//x>",
  "<base href=//x.example>",
  "<meta http-equiv=refresh>",
  "<link rel=stylesheet href=//x>",
  "<style>*{color:red}</style>",
  "<form action=//x><input>",
  "<leptos-island>",
  "<!--hot-reload-->",
  "<template><svg onload=alert(1)>",
  "';alert(1);//",
  "\";alert(1);//",
];

/** Longer ones, which first break out of a text area, a script, an attribute, a comment or an island's JSON. */
const breakOuts = ["</textarea>", "</script>", "</style>", "</title>", "</noscript>", "</template>", "-->", "\">", "'>", "}</script>"];
const elements = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}">`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<input autofocus onfocus="${run}">`,
  `<a href="javascript:${run}" id=x>x</a>`,
];
const long = breakOuts.flatMap((breakOut) => elements.map((element) => breakOut + element));

/** 100 strings; the first `shortCount` are valid names of keys. */
export const injections = [...short, ...long];
export const shortCount = short.length;
