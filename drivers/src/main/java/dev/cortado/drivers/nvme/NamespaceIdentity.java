package dev.cortado.drivers.nvme;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a namespace says of itself (figure 245), as far as we use it; what it is about is checked
 * with its geometry.
 *
 * @param blocks that it has, unsigned; 0 if it is not active
 * @param blockBytes of one
 */
record NamespaceIdentity(long blocks, long blockBytes, boolean isReadOnly) {
    private static final int NSZE = 0;
    private static final int NLBAF = 25;
    private static final int FLBAS = 26;
    private static final int FORMAT = 0xf;
    private static final int DPS = 29;
    private static final int DPS_PROTECTION_TYPE = 0b111;
    private static final int NSATTR = 99;
    private static final int LBAF_0 = 128;
    private static final int LBAF_MS = 0xffff;
    private static final int LBAF_LBADS_SHIFT = 16;
    private static final int LBAF_LBADS = 0xff;

    /**
     * @throws IOException it has a format that it does not have, or blocks with something beside
     *     their data
     */
    static NamespaceIdentity of(String name, byte[] identity) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(identity).order(ByteOrder.LITTLE_ENDIAN);
        long blocks = data.getLong(NSZE);
        if (blocks == 0) {
            return new NamespaceIdentity(0, 0, false);
        }
        int format = data.get(FLBAS) & FORMAT;
        if (format > (data.get(NLBAF) & 0xff)) {
            throw new IOException(name + ": format " + format + ", which it does not have");
        }
        int details = data.getInt(LBAF_0 + format * Integer.BYTES);
        if ((details & LBAF_MS) != 0 || (data.get(DPS) & DPS_PROTECTION_TYPE) != 0) {
            throw new IOException(name + ": its blocks have metadata, which is not supported");
        }
        int shift = details >>> LBAF_LBADS_SHIFT & LBAF_LBADS;
        long blockBytes = shift < Integer.SIZE ? 1L << shift : 0;
        return new NamespaceIdentity(blocks, blockBytes, (data.get(NSATTR) & 1) != 0);
    }
}
