package dev.cortado.system.guest.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;

/** A file of chunks, each of which was written so many times. For one thread. */
final class ChunkFile {
    static final int CHUNKS = 48;
    private static final int CHUNK_BYTES = 1 << 16;

    private final Path path;
    private final int number;
    private final Random random;
    private final int[] versions = new int[CHUNKS];
    private FileChannel channel;

    /**
     * @param number tells its contents from others'
     */
    ChunkFile(Path path, int number) {
        this.path = path;
        this.number = number;
        random = new Random(number);
    }

    Path path() {
        return path;
    }

    /** Writes all of it once. */
    void fill(AtomicInteger operations) throws IOException {
        channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            write(chunk);
            operations.incrementAndGet();
        }
        channel.force(true);
    }

    /** Something at random. */
    void operate() throws IOException {
        int chunk = random.nextInt(CHUNKS);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> write(chunk);
            case 3 -> {
                write(chunk);
                channel.force(false);
            }
            default -> read(chunk);
        }
    }

    void readAll() throws IOException {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            read(chunk);
        }
        channel.force(true);
        channel.close();
    }

    private byte[] contents(int chunk) {
        byte[] bytes = new byte[CHUNK_BYTES];
        new Random(((long) number * CHUNKS + chunk) << 32 | versions[chunk]).nextBytes(bytes);
        return bytes;
    }

    private void write(int chunk) throws IOException {
        versions[chunk]++;
        ByteBuffer bytes = ByteBuffer.wrap(contents(chunk));
        while (bytes.hasRemaining()) {
            channel.write(bytes, (long) chunk * CHUNK_BYTES + bytes.position());
        }
    }

    private void read(int chunk) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, (long) chunk * CHUNK_BYTES + bytes.position()) < 0) {
                throw new IOException(path + " ends in chunk " + chunk);
            }
        }
        if (!bytes.flip().equals(ByteBuffer.wrap(contents(chunk)))) {
            throw new IOException(path + ": chunk " + chunk + " is another one");
        }
    }

    /** The CRC-32 of what should be in it. */
    String sum() {
        CRC32 crc = new CRC32();
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            crc.update(contents(chunk));
        }
        return Long.toHexString(crc.getValue());
    }
}
