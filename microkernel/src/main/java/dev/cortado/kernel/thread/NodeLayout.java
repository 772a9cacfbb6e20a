package dev.cortado.kernel.thread;

/**
 * Where a thread's control block holds what a {@link RunQueue} writes and reads: offsets in bytes
 * from the block's address, each of a field of 8 bytes. All fields but {@code affinity} are the
 * queue's own while the thread is on it.
 *
 * @param next the thread behind this one on the same level
 * @param previous the thread before this one on the same level
 * @param level the level that the thread is on
 * @param enqueuedAt when its wait began, in nanoseconds of the monotonic clock
 * @param affinity bit n set: may run on CPU n
 */
public record NodeLayout(long next, long previous, long level, long enqueuedAt, long affinity) {}
