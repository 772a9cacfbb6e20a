/**
 * Physical frames, page tables, virtual address ranges and the kernel heap.
 *
 * <p>{@link dev.cortado.kernel.memory.Memory} is the way in; it takes the kernel lock. The classes
 * behind it are pure: they reach memory through {@link dev.cortado.kernel.memory.PhysicalMemory}
 * and are tested on the host against models.
 */
package dev.cortado.kernel.memory;
