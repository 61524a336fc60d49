/** Texts that break careless code: other directions, many code points for one letter, markup, formulas, sheer length. */
export const hostileTexts: [string, ...string[]] = [
  "שלום! אני רוצה הצעה 100% (דחוף)",
  "مرحبا، أريد عرض سعر رقم ١٢٣ من فضلكم",
  "👩‍👩‍👧‍👦🏳️‍🌈🇩🇪👍🏽 wow 💥💥💥",
  "<script>alert('lead')</script><img src=x onerror=alert(1)>",
  '<b>fett</b> &amp; <a href="javascript:alert(1)">hier</a>',
  '=HYPERLINK("http://example.org";"Klick")',
  "+491511234567, -3, @SUM(A1:A9)\tTab",
  "Zeile 1\nZeile 2: mit Doppelpunkt: und mehr\n\n- Liste\n- noch eine",
  "a\u0300\u0301\u0302\u0303 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!",
  "\u202etxet desrever\u202c und \u200bNull\u200bbreite\ufeff",
  '\'; DROP TABLE "Lead"; -- \\u0000 %00 #{7*7} {{7*7}}',
  `Sehr lang: ${"Das Dach ist alt, aber dicht. ".repeat(180)}`,
  "٣٫١٤ – ½ – ⅷ – ﬁ – ß/ẞ – İı – ǅ",
  "🫥".repeat(300),
];

/** Forty questions, some of them the same, some very long. */
export const manyQuestions = Array.from({ length: 40 }, (_, index) => {
  const twice = index % 10 === 9 ? 1 : index + 1;
  const long = index % 13 === 12 ? ` ${"und bitte ganz genau, ".repeat(12)}danke?` : "";
  return { id: `m${index}`, question: `Frage ${twice}: Wie ist es bei Ihnen${long || "?"} 🧐` };
});
