/** The style of an exported page: for reading on a screen and for printing, with nothing loaded from anywhere. */
export const pageStyle = `
body { margin: 2rem auto; max-width: 42rem; padding: 0 1rem; font: 1.0625rem/1.6 Georgia, 'Times New Roman', serif; color: #1b1b1b; background: #fff; }
p, h1, h2, h3, h4, h5, th, td, figcaption { white-space: pre-wrap; overflow-wrap: break-word; }
h1, h2, h3, h4, h5 { line-height: 1.25; }
.kicker { font-variant: small-caps; letter-spacing: .04em; margin-bottom: 0; }
.standfirst { font-size: 1.2rem; }
.byline, .credit, .caption, .bio { color: #4a4a4a; font-size: .95rem; }
.notice { border: 2px solid #9a1b1b; color: #9a1b1b; padding: .5rem .75rem; font: 700 .95rem/1.4 system-ui, sans-serif; }
blockquote { margin-left: 1rem; padding-left: 1rem; border-left: 3px solid #b5b5b5; }
figure { margin: 1.5rem 0; }
figure img, .picture { display: block; max-width: 100%; box-sizing: border-box; margin: 0; padding: 1rem; border: 1px solid #b5b5b5; font: .875rem/1.45 system-ui, sans-serif; }
figure img[width] { height: auto; padding: 0; border: 0; }
.caption:has(+ table) { margin-bottom: -.75rem; }
figcaption { margin-top: .4rem; color: #4a4a4a; font-size: .95rem; }
table { width: 100%; margin: 1.5rem 0; border-collapse: collapse; border-bottom: 1.5px solid #1b1b1b; font: .9375rem/1.45 system-ui, sans-serif; }
th, td { padding: .4rem .75rem .4rem 0; border-top: 1px solid #d0d0d0; text-align: start; vertical-align: top; }
tr:first-child > * { border-top: 1.5px solid #1b1b1b; }
.footnotes { border-top: 1px solid #b5b5b5; margin-top: 2rem; font-size: .9rem; }
ins { text-decoration: underline; background: #e3f1e3; color: #14532d; }
del { text-decoration: line-through; background: #f8e4e4; color: #7a1414; }
tr.inserted > * { background: #e3f1e3; }
tr.struck > * { background: #f8e4e4; }
tr.inserted > :first-child { box-shadow: inset 3px 0 #14532d; padding-inline-start: .6rem; }
tr.struck > :first-child { box-shadow: inset 3px 0 #7a1414; padding-inline-start: .6rem; }
ins:has(> figure), del:has(> figure), ins:has(> del > figure) { display: block; margin: 1.5rem 0; padding: .1rem .75rem; border-inline-start: 3px solid; text-decoration: none; }
ins > figure, del > figure { margin: .75rem 0; }
del > figure img, del > figure .picture { opacity: .55; }
mark { background: #fdf0b8; color: inherit; }
mark.fact { background: #dbe8fb; }
.format { border-bottom: 2px dotted #5b4b8a; }
.note-link { font: .75rem/1 system-ui, sans-serif; vertical-align: super; text-decoration: none; padding: 0 .15em; }
aside { white-space: normal; margin: .5rem 0 .75rem 1.5rem; padding: .4rem .75rem; border-left: 3px solid #6b6b6b; font: .875rem/1.45 system-ui, sans-serif; background: #f6f6f4; }
aside p, aside li { margin: .2rem 0; white-space: normal; }
aside .who { font-weight: 600; }
aside time { color: #4a4a4a; }
.loose { margin-top: 2rem; border-top: 1px solid #b5b5b5; }
@media print {
  body { margin: 0; max-width: none; font-size: 11pt; }
  a { color: inherit; }
  aside { break-inside: avoid; background: none; }
  h1, h2, h3, h4, h5 { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  details::details-content { content-visibility: visible; }
  details:not([open]) > :not(summary) { display: block; }
}
`;
