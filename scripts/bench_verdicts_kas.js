// Khan Academy's KAS on pairs, as lines of JSON; a program of the benchmark of verdicts. NODE_PATH is a folder
// node_modules with @khanacademy/kas and underscore.

const KAS = require("@khanacademy/kas");
const lines = require("readline").createInterface({ input: process.stdin, terminal: false });

const NAMES = { log: "ln", asin: "arcsin", acos: "arccos", atan: "arctan" };

// KAS takes cos(x)^2 for cos(x^2), and has no exp: each call is handed over in parentheses, exp(u) as (e^(u)), so that
// neither counts against it.
function inItsNotation(text) {
    let written = "";
    let at = 0;
    while (at < text.length) {
        const call = /^[a-z]+\(/.exec(text.slice(at));
        if (!call || /[a-z]/.test(text[at - 1] || "")) {
            written += text[at++];
            continue;
        }
        const name = call[0].slice(0, -1);
        const start = at + call[0].length;
        const end = closing(text, start);
        const inside = inItsNotation(text.slice(start, end));
        written += name === "exp" ? `(e^(${inside}))` : `(${NAMES[name] || name}(${inside}))`;
        at = end + 1;
    }
    return written;
}

function closing(text, start) {
    let open = 1;
    let at = start;
    for (; open > 0; at++) {
        open += text[at] === "(" ? 1 : text[at] === ")" ? -1 : 0;
    }
    return at - 1;
}

function said(pair) {
    try {
        const key = KAS.parse(inItsNotation(pair.key));
        const answer = KAS.parse(inItsNotation(pair.answer));
        if (!key.parsed || !answer.parsed) {
            return "unsupported";
        }
        return KAS.compare(key.expr, answer.expr, {}).equal ? "equal" : "different";
    } catch (error) {
        return "unsupported";
    }
}

lines.on("line", (line) => console.log(JSON.stringify(said(JSON.parse(line)))));
