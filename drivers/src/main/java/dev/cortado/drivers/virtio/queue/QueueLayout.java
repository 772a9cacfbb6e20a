package dev.cortado.drivers.virtio.queue;

import dev.cortado.kernel.memory.Frames;

/**
 * Where the parts of a queue lie in one block of memory.
 *
 * @param driver offset of what the driver writes: the available ring, or its event suppression
 * @param device offset of what the device writes: the used ring, or its event suppression
 * @param tables offset of the indirect tables
 * @param bytes of all
 */
public record QueueLayout(long driver, long device, long tables, long bytes) {
    static final int DESCRIPTOR_BYTES = 16;

    /** So that the two sides write different cache lines. */
    private static final int LINE_BYTES = 128;

    /** Of a split queue's used ring (2.7.8), behind its flags. */
    static final int USED_INDEX = 2;

    /** Legacy: the used ring begins at a page (2.7.2). */
    private static final int LEGACY_ALIGNMENT = (int) Frames.SIZE;

    /** Bytes of the available ring beside its entries: flags, index, event. */
    private static final int RING_BYTES = 6;

    private static final int EVENT_BYTES = 4;

    /** Descriptors are at offset 0. */
    public static QueueLayout of(QueueSettings settings) {
        long driver = (long) settings.size() * DESCRIPTOR_BYTES;
        long device;
        long end;
        if (settings.packed()) {
            driver = Frames.roundUp(driver, LINE_BYTES);
            device = driver + LINE_BYTES;
            end = device + EVENT_BYTES;
        } else {
            long alignment = settings.legacy() ? LEGACY_ALIGNMENT : LINE_BYTES;
            long available = RING_BYTES + 2L * settings.size();
            device = Frames.roundUp(driver + available, alignment);
            end = device + RING_BYTES + 8L * settings.size();
        }
        long tables = Frames.roundUp(end, LINE_BYTES);
        long tableBytes = (long) settings.indirect() * DESCRIPTOR_BYTES * settings.size();
        return new QueueLayout(driver, device, tables, tables + tableBytes);
    }
}
