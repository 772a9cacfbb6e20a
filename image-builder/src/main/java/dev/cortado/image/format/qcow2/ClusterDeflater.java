package dev.cortado.image.format.qcow2;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Compresses clusters. QEMU inflates them with a window of 4 KiB, where the JDK's deflater has one
 * of 32; after a full flush, nothing refers to what was before it, so there is one each 4 KiB.
 */
final class ClusterDeflater implements AutoCloseable {
    private static final int WINDOW_BYTES = 1 << 12;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final ByteBuffer compressed;

    /**
     * @param clusterBytes a multiple of the window
     */
    ClusterDeflater(int clusterBytes) {
        // What does not become smaller is of no use.
        compressed = ByteBuffer.allocate(clusterBytes);
    }

    /** The cluster as a raw stream (RFC 1951), or {@code null} if that is not smaller. */
    ByteBuffer compress(ByteBuffer cluster) {
        deflater.reset();
        compressed.clear();
        for (int at = 0; at < cluster.limit(); at += WINDOW_BYTES) {
            deflater.setInput(cluster.slice(at, WINDOW_BYTES));
            boolean isLast = at + WINDOW_BYTES == cluster.limit();
            if (isLast) {
                deflater.finish();
            }
            deflater.deflate(compressed, isLast ? Deflater.NO_FLUSH : Deflater.FULL_FLUSH);
            if (!compressed.hasRemaining()) {
                return null;
            }
        }
        return compressed.flip();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
