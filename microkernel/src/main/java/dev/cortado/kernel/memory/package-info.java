/**
 * Physical frames, page tables, virtual address ranges and the kernel heap.
 *
 * <p>{@link dev.cortado.kernel.memory.Memory} has blocks as malloc does, {@link
 * dev.cortado.kernel.memory.FramePool} frames, {@link dev.cortado.kernel.memory.Regions} and {@link
 * dev.cortado.kernel.memory.Pages} virtual addresses and what is behind them, {@link
 * dev.cortado.kernel.memory.Stacks} and {@link dev.cortado.kernel.memory.DeviceMemory} what their
 * names say; they take the lock. The classes behind them are pure: they reach memory through {@link
 * dev.cortado.kernel.memory.PhysicalMemory} and are tested on the host against models.
 */
package dev.cortado.kernel.memory;
