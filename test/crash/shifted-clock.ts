/** Loaded into the bot's process before its program: its clock is ahead of the machine's by so many milliseconds. */
const shiftMs = Number(process.env['CLOCK_SHIFT_MS'] ?? 0);
const machine = Date.now.bind(Date);
Date.now = () => machine() + shiftMs;
