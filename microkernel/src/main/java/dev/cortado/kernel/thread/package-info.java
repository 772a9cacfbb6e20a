/**
 * Threads, the scheduler, and what threads wait with: mutexes, conditions, semaphores.
 *
 * <p>Policy knows neither locks nor registers and is tested on the host: {@link
 * dev.cortado.kernel.thread.Turns} over a {@link dev.cortado.kernel.thread.RunQueue}, {@link
 * dev.cortado.kernel.thread.WaitingCredit}, {@link dev.cortado.kernel.thread.DeadlineHeap}. The
 * rest is {@link dev.cortado.kernel.thread.ThreadSwitch} (mechanism), {@link
 * dev.cortado.kernel.thread.ThreadTimer}, {@link dev.cortado.kernel.thread.Parking}, and {@link
 * dev.cortado.kernel.thread.Scheduler}, who calls them.
 *
 * <p>There is one kernel lock, {@link dev.cortado.kernel.cpu.SpinLock#SCHEDULER}. It is held for
 * the length of a queue operation, never across a wait: {@link
 * dev.cortado.kernel.thread.Parking#block} gives it up with the switch to the next thread and has
 * it again when it returns. What concerns any number of threads is done a few at a time. Order of
 * locks: those of the Java runtime first (each a {@link dev.cortado.kernel.thread.Mutex}), the
 * kernel lock last; nothing is locked inside the kernel lock.
 */
package dev.cortado.kernel.thread;
