package dev.cortado.system.peers;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A capture of Ethernet frames (IETF draft-ietf-opsawg-pcap, 4 and 5, with nanoseconds). */
final class PcapFile implements Closeable {
    private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    private static final int VERSION = 2 << 16 | 4;
    private static final int SNAP_LENGTH = 1 << 18;
    private static final int ETHERNET = 1;
    private static final long SECOND = 1_000_000_000L;

    private final DataOutputStream out;

    PcapFile(Path file) throws IOException {
        out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
        for (int word : new int[] {MAGIC_NANOSECONDS, VERSION, 0, 0, SNAP_LENGTH, ETHERNET}) {
            out.writeInt(word);
        }
    }

    synchronized void add(byte[] frame, long nanos) throws IOException {
        out.writeInt((int) (nanos / SECOND));
        out.writeInt((int) (nanos % SECOND));
        out.writeInt(frame.length);
        out.writeInt(frame.length);
        out.write(frame);
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
