/**
 * Threads, the scheduler, and what threads wait with: mutexes, conditions, semaphores.
 *
 * <p>There is one kernel lock: interrupts off, on the one CPU that runs threads so far. It is held
 * for the length of a queue operation, never across a wait: {@link
 * dev.cortado.kernel.thread.Scheduler#block} gives it up with the switch to the next thread and has
 * it again when it returns. Order of locks: those of the Java runtime first (each a {@link
 * dev.cortado.kernel.thread.Mutex}), the kernel lock last; nothing is locked inside the kernel
 * lock.
 */
package dev.cortado.kernel.thread;
