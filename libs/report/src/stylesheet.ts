import { Html } from './html.ts';

/** Okabe and Ito's colours, which colour-blind readers tell apart, darkened or lightened for contrast on the page. */
const light = `--page:#f6f7f9;--card:#fff;--text:#14181f;--muted:#545d6b;--rule:#dde1e7;--grid:#e8ebef;--axis:#8b95a3;
--series-1:#0072b2;--series-2:#d55e00;--series-3:#007d5a;--series-4:#b07a00;--limit:#7a4a9e;--band:#0072b226;--phase:#eef1f4;
--good:#00664a;--good-soft:#e0f3ec;--bad:#a63c00;--bad-soft:#fdeadf;--open:#5a5f69;--open-soft:#eceef1;
--pass:#007d5a;--fail:#d55e00;`;
const dark = `--page:#0f1216;--card:#171b21;--text:#e9edf2;--muted:#a3adba;--rule:#2b323b;--grid:#262d36;--axis:#6d7886;
--series-1:#56b4e9;--series-2:#f08a3c;--series-3:#3fc79a;--series-4:#e8c04a;--limit:#cf9fe8;--band:#56b4e92e;--phase:#20262d;
--good:#5fd6ae;--good-soft:#12312a;--bad:#ff9d66;--bad-soft:#3a2116;--open:#b4bcc8;--open-soft:#262c34;
--pass:#3fc79a;--fail:#f08a3c;`;

/** The page's style: system fonts, one column that becomes several where there is room, light, dark and print. */
export const stylesheet = new Html(`
:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%;overflow-wrap:break-word}
header,nav,main{max-width:1320px;margin:0 auto;padding:0 clamp(16px,4vw,48px)}
h1{font-size:clamp(26px,4.4vw,42px);line-height:1.14;letter-spacing:-.02em;margin:.15em 0 .35em;text-wrap:balance}
h2{font-size:21px;letter-spacing:-.01em;margin:0 0 14px}
h3{font-size:15px;margin:0 0 4px}
p{margin:0 0 10px;max-width:76ch}
code{font:.88em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
b,.value,td,dd{font-variant-numeric:tabular-nums}
.verdict{padding-top:clamp(24px,4vw,48px);padding-bottom:8px}
.kicker,.run,.note,.was{color:var(--muted);font-size:14px}
.lede{font-size:18px}
.next{display:inline-flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;background:var(--card);border:1px solid var(--rule);border-left:4px solid var(--open);border-radius:8px;padding:10px 16px}
.verdict.good .next{border-left-color:var(--good)}
.verdict.bad .next{border-left-color:var(--bad)}
.next span{font-weight:600}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:2px 16px;padding:0;font-size:14.5px}
nav a{color:var(--series-1);text-underline-offset:3px;display:inline-block;padding:3px 0}
section{scroll-margin-top:12px}
.badge{display:inline-block;white-space:nowrap;border-radius:999px;padding:1px 10px;font-size:14px;font-weight:600}
.badge.good{color:var(--good);background:var(--good-soft)}
.badge.bad{color:var(--bad);background:var(--bad-soft)}
.badge.open{color:var(--open);background:var(--open-soft)}
section{background:var(--card);border:1px solid var(--rule);border-radius:14px;padding:clamp(16px,2.4vw,28px);margin:18px 0}
section>:last-child{margin-bottom:0}
.limits{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,205px),1fr));gap:20px 28px}
.limits li{border-top:3px solid var(--series-1);padding-top:10px}
.limits h3 code{font-weight:400;color:var(--muted);display:block}
.value{margin:0;color:var(--muted)}
.value b{font-size:34px;line-height:1.2;letter-spacing:-.02em;color:var(--text)}
.was{margin-bottom:6px}
.reason{font-size:14.5px;margin:0}
.facts{margin:0 0 14px}
.facts div{display:grid;grid-template-columns:170px minmax(0,1fr);gap:4px 20px;padding:7px 0;border-top:1px solid var(--rule)}
.facts div:first-child{border-top:0;padding-top:0}
dt{color:var(--muted)}
dd{margin:0;max-width:84ch}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:28px 36px;margin-top:18px}
.charts:empty{display:none}
figure{margin:0;min-width:0}
figure:has(.beside){grid-column:1/-1}
.beside{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px 36px;align-items:start}
figcaption{font-weight:600;margin-bottom:8px}
figcaption small{display:block;font-weight:400;font-size:13.5px;color:var(--muted)}
.chart svg{display:block;width:100%;height:auto;font-family:inherit}
.chart-sizes{container-type:inline-size}
.chart{position:relative;border-radius:6px}
.chart:focus-visible{outline:2px solid var(--series-1);outline-offset:3px}
.chart.narrow,.full .chart.wide{display:none}
figure:has(.full){grid-column:1/-1}
.hit{fill:transparent}
rect.hit.at{fill:var(--band)}
circle.hit.at{stroke:var(--text);stroke-width:1.5}
.tip{position:absolute;z-index:9;left:0;top:0;visibility:hidden;pointer-events:none;max-width:min(320px,calc(100vw - 8px));background:var(--text);color:var(--page);border-radius:7px;padding:7px 11px;font-size:13.5px;line-height:1.45;font-variant-numeric:tabular-nums}
.tip.shown{visibility:visible}
.tip b,.tip span{display:block}
.tip i{font-style:normal;font-weight:600}
details{margin-top:10px}
summary{cursor:pointer;color:var(--muted);font-size:14px;padding:4px 0}
summary:focus-visible{outline:2px solid var(--series-1);outline-offset:2px}
details .scroll{max-height:420px;overflow:auto}
details thead th{position:sticky;top:0;background:var(--card);z-index:1}
.checklist{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:16px 36px}
.checklist h3{font-weight:600;margin-bottom:6px}
.checklist p{margin-bottom:4px}
.scroll{overflow-x:auto;overscroll-behavior-x:contain}
.scroll+.scroll{margin-top:18px}
section>.scroll{margin-top:14px}
.scroll:focus-visible{outline:2px solid var(--series-1);outline-offset:3px}
table{border-collapse:collapse;width:100%;font-size:14.5px}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:7px 9px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--rule);vertical-align:top}
thead th{color:var(--muted);font-weight:500;font-size:13.5px}
tbody th{font-weight:600}
tbody tr:last-child>*{border-bottom:0}
th:first-child{text-align:left;position:sticky;left:0;background:var(--card);padding-left:0}
td.text,th.text{text-align:left}
td.text{white-space:normal;min-width:6em}
tr:has(+.words)>*{border-bottom:0;padding-bottom:0}
.words td{text-align:left;white-space:normal;color:var(--muted);padding:0 0 8px}
.words span{position:sticky;left:0;display:inline-block;max-width:min(76ch,calc(100vw - 64px))}
.beside table{font-size:14px}
.beside th,.beside td{padding:6px}.beside th:first-child{padding-left:0}
ul{margin:0;padding-left:1.2em}
li{margin:3px 0}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:18px 40px}
@media (max-width:1100px){.charts,.beside{grid-template-columns:minmax(0,1fr)}.full .chart.broad{display:none}.full .chart.wide{display:block}}
@media (max-width:560px){td.text:not(:has(.badge)){min-width:11em}tbody th{white-space:normal;overflow-wrap:normal;max-width:46vw}.facts div{grid-template-columns:minmax(0,1fr)}.chart.wide,.full .chart.wide{display:none}.chart.narrow,.full .chart.narrow{display:block}
main{padding:0 10px}section{border-radius:10px}.lede{font-size:17px}}
@media print{:root{${light}--page:#fff}.tip,details,nav{display:none}body{font-size:11pt}header,main{max-width:none;padding:0}.chart-sizes.half,.beside>.scroll{max-width:15cm}
section{border:0;border-top:1px solid var(--rule);border-radius:0;padding:14px 0;margin:0}figure,li,tr,.facts div{break-inside:avoid}h2{break-after:avoid}
.scroll{overflow:visible}table,.beside table,thead th,table .badge{font-size:8pt}th,td{padding:3px 5px;white-space:normal}tbody th{white-space:nowrap}td.text{min-width:0}th:first-child{position:static}
*{print-color-adjust:exact}}
`);
