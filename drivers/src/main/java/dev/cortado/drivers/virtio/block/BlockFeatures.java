package dev.cortado.drivers.virtio.block;

/** Features of a block device (VIRTIO 1.2, 5.2.3) that this driver knows. */
final class BlockFeatures {
    static final long SIZE_MAX = 1L << 1;
    static final long SEG_MAX = 1L << 2;
    static final long READ_ONLY = 1L << 5;
    static final long BLOCK_SIZE = 1L << 6;
    static final long FLUSH = 1L << 9;
    static final long TOPOLOGY = 1L << 10;
    static final long MULTIPLE_QUEUES = 1L << 12;
    static final long DISCARD = 1L << 13;
    static final long WRITE_ZEROES = 1L << 14;

    static final long ALL =
            SIZE_MAX
                    | SEG_MAX
                    | READ_ONLY
                    | BLOCK_SIZE
                    | FLUSH
                    | TOPOLOGY
                    | MULTIPLE_QUEUES
                    | DISCARD
                    | WRITE_ZEROES;

    private BlockFeatures() {}
}
