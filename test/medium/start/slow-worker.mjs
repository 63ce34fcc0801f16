/** A worker that only says what the pool waits for: that it could serve, after so many ms, and that it listens. */
setTimeout(() => process.send({ word: 'prepared' }), Number(process.argv[2]));
process.on('message', ({ word }) => word === 'listen' && process.send({ word: 'listening' }));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
