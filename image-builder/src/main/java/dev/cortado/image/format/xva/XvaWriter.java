package dev.cortado.image.format.xva;

import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.ContentHash;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.tar.TarWriter;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes a machine as {@code xe vm-import} takes it: a description, and the disk's pieces of a MiB,
 * each with its SHA-1 behind it. Pieces of zeros are left out, but for the first and the last.
 */
public final class XvaWriter {
    static final String DESCRIPTION = "ova.xml";
    static final int CHUNK_BYTES = 1 << 20;
    static final String CHECKSUM_SUFFIX = ".checksum";
    private static final int OWNER = 0;

    private final ByteSource disk;
    private final TarWriter archive;
    private final long last;
    private long next;

    private XvaWriter(ByteSource disk, OutputStream out) {
        this.disk = disk;
        archive = new TarWriter(out);
        last = Blocks.count(disk.size(), CHUNK_BYTES) - 1;
    }

    /**
     * @throws dev.cortado.image.UserError if the disk cannot be read, or the file not be written
     */
    public static void write(ByteSource disk, VirtualHardware hardware, Path file) {
        String description = new XvaObjects(hardware, disk.size()).render();
        AtomicFile.write(
                file,
                channel ->
                        new XvaWriter(disk, Channels.newOutputStream(channel)).write(description));
    }

    private void write(String description) throws IOException {
        archive.file(DESCRIPTION, OWNER, description.getBytes(StandardCharsets.UTF_8));
        Blocks.visit(disk, CHUNK_BYTES, this::chunk);
        if (last > 0 && next <= last) {
            write(last, new byte[lengthOf(last)]);
        }
        archive.finish();
    }

    private void chunk(long number, ByteBuffer bytes) throws IOException {
        if (next == 0 && number > 0) {
            write(0, new byte[lengthOf(0)]);
        }
        write(number, Arrays.copyOf(bytes.array(), lengthOf(number)));
    }

    private int lengthOf(long number) {
        return (int) Math.min(CHUNK_BYTES, disk.size() - number * CHUNK_BYTES);
    }

    private void write(long number, byte[] bytes) throws IOException {
        String name = "%s/%08d".formatted(XvaObjects.DISK, number);
        String digest = HexFormat.of().formatHex(ContentHash.named("SHA-1").digest(bytes));
        archive.file(name, OWNER, bytes);
        archive.file(name + CHECKSUM_SUFFIX, OWNER, digest.getBytes(StandardCharsets.US_ASCII));
        next = number + 1;
    }
}
