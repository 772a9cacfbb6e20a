package dev.cortado.kernel.ipc;

import dev.cortado.kernel.memory.Memory;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A block of the kernel heap that is freed when the object it belongs to is no more. A thread that
 * is in the kernel with the block's address keeps that object by a reachability fence. What there
 * is to free is freed when the next block is made, so that it takes no thread to do so.
 */
final class KernelMemory extends PhantomReference<Object> {
    private static final ReferenceQueue<Object> OWNERS_GONE = new ReferenceQueue<>();
    private static final Set<KernelMemory> LIVE = ConcurrentHashMap.newKeySet();

    private final long address;

    private KernelMemory(Object owner, long address) {
        super(owner, OWNERS_GONE);
        this.address = address;
    }

    /**
     * @param address what {@link Memory#allocate} returned
     * @throws OutOfMemoryError if that is 0
     */
    static void own(Object owner, long address) {
        for (var gone = OWNERS_GONE.poll(); gone != null; gone = OWNERS_GONE.poll()) {
            KernelMemory block = (KernelMemory) gone;
            LIVE.remove(block);
            Memory.free(block.address);
        }
        if (address == 0) {
            throw new OutOfMemoryError("No kernel memory for messages");
        }
        LIVE.add(new KernelMemory(owner, address));
    }
}
