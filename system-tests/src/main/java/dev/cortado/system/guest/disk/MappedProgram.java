package dev.cortado.system.guest.disk;

import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** Files of a disk that are mapped. */
final class MappedProgram {
    /** More than the machine of the test has memory. */
    static final int LARGE_BYTES = 80 << 20;

    private static final int PAGE = 4096;

    private final Path directory;

    MappedProgram(Path directory) {
        this.directory = directory;
    }

    /** Writes all of a file that is larger than memory, and reads it in two ways. */
    void large() throws IOException {
        Path file = directory.resolve("large");
        try (Arena arena = Arena.ofShared()) {
            MemorySegment segment = map(file, READ_WRITE, LARGE_BYTES, arena);
            for (long at = 0; at < LARGE_BYTES; at += Long.BYTES) {
                segment.set(ValueLayout.JAVA_LONG, at, at * 0x9e3779b97f4a7c15L);
            }
            segment.asSlice(10L * PAGE, PAGE).force();
        }
        System.out.println("read " + Long.toHexString(read(file)));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = map(file, READ_ONLY, LARGE_BYTES, arena);
            for (long at = LARGE_BYTES - Long.BYTES; at >= 0; at -= PAGE) {
                if (segment.get(ValueLayout.JAVA_LONG, at) != at * 0x9e3779b97f4a7c15L) {
                    throw new AssertionError("at " + at);
                }
            }
            CRC32 crc = new CRC32();
            crc.update(segment.asByteBuffer());
            System.out.println("mapped " + Long.toHexString(crc.getValue()));
        }
    }

    private static MemorySegment map(Path file, FileChannel.MapMode mode, long size, Arena arena)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            return channel.map(mode, 0, size, arena);
        }
    }

    private static long read(Path file) throws IOException {
        CRC32 crc = new CRC32();
        byte[] part = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                crc.update(part, 0, count);
            }
        }
        return crc.getValue();
    }

    /** Writes to a hole until the disk is full, which only the thread hears that wrote. */
    void fill() throws IOException {
        long size = 1L << 30;
        Path file = directory.resolve("hole");
        try (Arena arena = Arena.ofShared()) {
            MemorySegment segment = map(file, READ_WRITE, size, arena);
            long at = 0;
            try {
                for (; at < size; at += PAGE) {
                    segment.set(ValueLayout.JAVA_LONG, at, at);
                }
            } catch (InternalError e) {
                System.out.println("full: " + e.getCause().getMessage());
            }
            System.out.println("filled " + (at >> 20) + " MiB");
            for (long before = 0; before < at; before += PAGE) {
                if (segment.get(ValueLayout.JAVA_LONG, before) != before) {
                    throw new AssertionError("at " + before);
                }
            }
        }
        Files.delete(file);
        Files.writeString(directory.resolve("after"), "there is room again");
    }

    /** Changes a file, and forces nothing. */
    void change(String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "not forced, nor mapped");
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            MappedByteBuffer buffer = channel.map(READ_WRITE, 0, channel.size());
            buffer.put("but mapped".length() + 2, "but".getBytes());
        }
    }
}
