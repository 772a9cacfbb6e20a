package dev.cortado.image.format.vmdk;

import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Writes a disk to be sent: compressed grains, each behind a marker that says what it is, then
 * tables, directory and a footer, so that it can be read and written front to back.
 */
public final class StreamOptimizedWriter {
    private static final int VERSION = 3;
    private static final int FLAGS = SparseExtent.COMPRESSED | SparseExtent.MARKERS;

    private final OutputStream out;
    private final ByteSource disk;
    private final ByteBuffer directory;
    private final List<ByteBuffer> tables = new ArrayList<>();
    private final byte[] compressed = new byte[SparseExtent.GRAIN_BYTES * 2];
    private long sector;

    private StreamOptimizedWriter(ByteSource disk, OutputStream out) {
        this.disk = disk;
        this.out = out;
        int count = SparseExtent.tables(disk.size());
        directory = SparseExtent.zeros(SparseExtent.sectors((long) count * Integer.BYTES));
        for (int table = 0; table < count; table++) {
            tables.add(null);
        }
    }

    /**
     * @throws dev.cortado.image.UserError if the disk cannot be read, or the file not be written
     */
    public static void write(ByteSource disk, Path file) {
        String name = file.getFileName().toString();
        AtomicFile.write(
                file,
                channel -> {
                    OutputStream out = Channels.newOutputStream(channel);
                    new StreamOptimizedWriter(disk, out).write(name);
                });
    }

    private void write(String name) throws IOException {
        put(header(SparseExtent.DIRECTORY_AT_END));
        put(DiskDescriptor.of("streamOptimized", name, disk));
        put(SparseExtent.zeros(SparseExtent.GRAIN_SECTORS - sector));
        Deflater deflater = new Deflater();
        try {
            Blocks.visit(
                    disk,
                    SparseExtent.GRAIN_BYTES,
                    (grain, bytes) -> writeGrain(deflater, grain, bytes));
        } finally {
            deflater.end();
        }
        for (int i = 0; i < tables.size(); i++) {
            ByteBuffer table = tables.get(i);
            if (table != null) {
                putMarker(
                        SparseExtent.sectors(SparseExtent.TABLE_BYTES), SparseExtent.TABLE_MARKER);
                directory.putInt(i * Integer.BYTES, Math.toIntExact(sector));
                put(table);
            }
        }
        putMarker(SparseExtent.sectors(directory.limit()), SparseExtent.DIRECTORY_MARKER);
        long at = sector;
        put(directory);
        putMarker(1, SparseExtent.FOOTER_MARKER);
        put(header(at));
        putMarker(0, 0);
    }

    private ByteBuffer header(long directoryAt) {
        ByteBuffer header = SparseExtent.header(VERSION, FLAGS, disk.size(), directoryAt);
        header.putLong(SparseExtent.OVERHEAD, SparseExtent.GRAIN_SECTORS);
        return header.putShort(SparseExtent.COMPRESSION, (short) SparseExtent.DEFLATE);
    }

    private void writeGrain(Deflater deflater, long grain, ByteBuffer bytes) throws IOException {
        deflater.reset();
        deflater.setInput(bytes);
        deflater.finish();
        int length = deflater.deflate(compressed);
        if (!deflater.finished()) {
            throw new IllegalStateException("a grain became twice as large");
        }
        int table = (int) (grain / SparseExtent.TABLE_ENTRIES);
        if (tables.get(table) == null) {
            tables.set(table, SparseExtent.zeros(SparseExtent.sectors(SparseExtent.TABLE_BYTES)));
        }
        int entry = (int) (grain % SparseExtent.TABLE_ENTRIES) * Integer.BYTES;
        tables.get(table).putInt(entry, Math.toIntExact(sector));
        ByteBuffer marked =
                SparseExtent.zeros(SparseExtent.sectors(SparseExtent.GRAIN_DATA + length));
        marked.putLong(grain * SparseExtent.GRAIN_SECTORS).putInt(length);
        put(marked.put(compressed, 0, length).clear());
    }

    private void putMarker(long sectors, int kind) throws IOException {
        put(SparseExtent.zeros(1).putLong(0, sectors).putInt(SparseExtent.MARKER_KIND, kind));
    }

    private void put(ByteBuffer sectors) throws IOException {
        out.write(sectors.array(), 0, sectors.limit());
        sector += sectors.limit() / SparseExtent.SECTOR_BYTES;
    }
}
