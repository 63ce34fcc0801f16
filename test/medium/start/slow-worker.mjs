/** A worker that only sends the messages that the pool waits for: that it is ready, after this many ms, and that it listens. */
setTimeout(() => process.send({ word: 'prepared' }), Number(process.argv[2]));
process.on('message', ({ word }) => word === 'listen' && process.send({ word: 'listening' }));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
