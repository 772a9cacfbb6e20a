/**
 * Messages between components: calls ({@link dev.cortado.kernel.ipc.Endpoint}, {@link
 * dev.cortado.kernel.ipc.Server}), signals ({@link dev.cortado.kernel.ipc.Notification}), streams
 * ({@link dev.cortado.kernel.ipc.Channel}), and the {@link dev.cortado.kernel.ipc.Supervisor} that
 * starts services again when they die. References are capabilities: there is no directory to find
 * anybody in.
 *
 * <p>Waiting is the kernel's ({@code kernel.message}), which sees no objects; a message's objects
 * stay in Java fields, written before and read after the kernel call that wakes the other side.
 *
 * <p>A channel is a ring in memory that both sides see: {@link
 * dev.cortado.kernel.ipc.ChannelLayout} says how it is laid out, {@link
 * dev.cortado.kernel.ipc.ChannelSender} and {@link dev.cortado.kernel.ipc.ChannelReceiver} are its
 * two ends. They are pure and never wait: they tell their callers when to.
 */
package dev.cortado.kernel.ipc;
