// What the browser loads for the first date it keeps for the whole process, so the page's own thread finds it there.
new Intl.DateTimeFormat('en', {}).format();
new Intl.DateTimeFormat(navigator.language, {}).format();
postMessage('made');
