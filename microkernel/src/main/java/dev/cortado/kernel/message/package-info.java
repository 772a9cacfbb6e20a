/**
 * What the kernel knows of messages: {@link dev.cortado.kernel.message.Port}s that calls go to,
 * {@link dev.cortado.kernel.message.SignalWord}s, and the {@link
 * dev.cortado.kernel.message.MessageSlot} that a thread waits at either with. Objects are none of
 * its business: they stay where the garbage collector sees them, in {@code kernel.ipc}, and the
 * kernel says which thread is to look at which slot.
 *
 * <p>All is guarded by {@link dev.cortado.kernel.cpu.SpinLock#SCHEDULER}, the one kernel lock, held
 * for the length of one operation.
 */
package dev.cortado.kernel.message;
