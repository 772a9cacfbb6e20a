/**
 * Messages between components.
 *
 * <p>A channel is a ring in memory that both sides see: {@link
 * dev.cortado.kernel.ipc.ChannelLayout} says how it is laid out, {@link
 * dev.cortado.kernel.ipc.ChannelSender} and {@link dev.cortado.kernel.ipc.ChannelReceiver} are its
 * two ends. They are pure and never wait: they tell their callers when to.
 */
package dev.cortado.kernel.ipc;
