import { openStage } from './stage.js';
import { byTurns } from './figures.js';
import fs from 'node:fs';
import { createRequire } from 'node:module';
const acorn = createRequire(import.meta.url)('acorn');
const flat = fs.readFileSync('/tmp/flat.js','utf8');
const ast = acorn.parse(flat,{ecmaVersion:2022}); 
const fn = ast.body[0].expression.argument.callee; const body = fn.body.body;
const stage = await openStage();
const { page, close } = await stage.open('<body>', { slower: 1 });
let run=0;
const timeOf = (code: string) => () => page.evaluate(([text, mark]) => {
  const frame = document.createElement('iframe'); document.body.append(frame);
  const inner = frame.contentDocument as Document; const script = inner.createElement('script');
  script.textContent = `${text}\n//${mark}`; const start = performance.now(); inner.head.append(script);
  const time = performance.now() - start; frame.remove(); return time; }, [code, String(run++)] as const);
const tests: Record<string, () => Promise<number>> = { out: timeOf(stage.script), flat: timeOf(flat), paren: timeOf('('+flat.slice(1).replace(/\}\(\);?\s*$/,'})()')), 
 nonfn: timeOf(flat.replace(/^!function\(\)\{/,'{').replace(/\}\(\);?\s*$/,'}').replace('return}','}')) };
const pts=[0,0.2,0.4,0.6,0.8,1];
const stm = body.filter((s:any)=>s.type!=='FunctionDeclaration');
console.log(stm.length, body.length);
for(const p of pts){ const st=stm[Math.min(stm.length-1,Math.floor(p*stm.length))]; tests['at'+p+' '+st.start+' '+flat.slice(st.start,st.start+20)]=timeOf(flat.slice(0,st.start)+'if(1)return;'+flat.slice(st.start)); }
console.log(await byTurns(25, tests));
await close(); await stage.close();
