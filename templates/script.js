(()=>{
const d=document,$=(s,r=d)=>[...r.querySelectorAll(s)],T=d.getElementById('toast'),W=d.body.dataset;
const say=t=>{T.textContent=t;T.classList.add('on');clearTimeout(say.t);say.t=setTimeout(()=>T.classList.remove('on'),2600)};
const hl=id=>{
$('.hl').forEach(n=>n.classList.remove('hl'));
const e=id&&d.getElementById(id),m=e?$('.chart a[href="#'+id+'"]'):[];
if(e&&e.matches('.ev'))e.classList.add('hl');
m.forEach(n=>n.classList.add('hl'));
$('.chart').forEach(c=>c.classList.toggle('has-hl',m.some(n=>c.contains(n))))};
for(const t of['pointerover','focusin'])d.addEventListener(t,e=>{
const n=e.target.closest&&e.target.closest('.ev,[href^="#e-"]');
hl(n&&(n.id||n.hash||n.getAttribute('href')).replace(/^#/,''));
const s=e.target.closest&&e.target.closest('.b[href]');
if(s)s.title=$('b',d.getElementById(s.hash.slice(1)))[0].textContent});
const show=id=>{
const e=id&&d.getElementById(id);
for(let p=e;p;p=p.parentElement)if(p.matches('details'))p.open=true;
return e};
const there=()=>{const e=show(decodeURIComponent(location.hash.slice(1)));e&&e.scrollIntoView()};
addEventListener('hashchange',there);
if(location.hash)there();
d.addEventListener('click',e=>{
const a=e.target.closest('.no');
if(a&&navigator.clipboard)navigator.clipboard.writeText(a.href).then(()=>say(W.copied),()=>{})});
const z=$('.zone')[0];
z.insertAdjacentHTML('beforeend','<label><input type="radio" name="z" id="z-lo"><span></span></label>');
$('span',z).pop().textContent=W.local;
const two=n=>String(n).padStart(2,'0'),day=t=>t.getFullYear()+'-'+two(t.getMonth()+1)+'-'+two(t.getDate());
const local=s=>s.replace(/(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d)(?!\d)/g,(m,a,b)=>{
const t=new Date((a||W.utc)+'T'+b+'Z');
return isNaN(t)?m:(day(t)==day(new Date(W.utc+'T12:00Z'))?'':day(t)+' ')+two(t.getHours())+':'+two(t.getMinutes())}).replace(/ UTC$/,'');
// The reader's own times are written when they are first asked for.
let fill=()=>{fill=()=>{};$('time>i,text.i').forEach(i=>{
const s=i.nextElementSibling,u=s&&s.matches('u,.u')?s:i,c=i.cloneNode();
c.setAttribute('class','lo');
c.textContent=i.dataset.t?local(i.dataset.t):local(u.textContent);
i.after(c)})};
z.onchange=()=>fill();
d.addEventListener('keydown',e=>{
if(e.ctrlKey||e.metaKey||e.altKey||/TEXTAREA|SELECT/.test(e.target.tagName))return;
const L=$('.ev').filter(n=>n.offsetParent),i=L.findIndex(n=>n.matches('.hl')),k=e.key;
if(k=='j'||k=='k'){const n=L[Math.max(0,Math.min(L.length-1,i<0?0:i+(k=='j'?1:-1)))];if(n){n.scrollIntoView({block:'center'});hl(n.id)}}
if(k=='z'){const r=$('[name=z]'),n=r[(r.findIndex(x=>x.checked)+1)%r.length];n.checked=true;fill()}
if(k=='?')say(W.keys)})
})()
