package dev.cortado.image.guests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a guest has written. QEMU appends to the file, which grows as the guest likes; whoever wants
 * the room back may make it empty at any time.
 */
public final class ConsoleFile {
    /** All lines. */
    public static final long ALL = Long.MAX_VALUE;

    private static final int BLOCK_BYTES = 1 << 16;
    private static final long PAUSE_MILLIS = 50;

    private final Path file;
    private final PrintStream out;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);

    /**
     * @param out where to copy it, as it is
     */
    public ConsoleFile(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Copies the last lines.
     *
     * @param lines how many; the last may have no end yet
     */
    public void show(long lines) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            channel.position(start(channel, lines));
            copy(channel);
        }
    }

    /**
     * Copies the last lines, and then what comes, until the guest has ended or nobody reads.
     *
     * @param ended whether nothing more will be written
     */
    public void follow(long lines, BooleanSupplier ended) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(file)) {
            channel.position(start(channel, lines));
            boolean last = false;
            while (!last) {
                last = ended.getAsBoolean(); // asked first: what it wrote before is still copied
                if (channel.size() < channel.position()) {
                    channel.position(0); // somebody has made it empty
                }
                copy(channel);
                last |= out.checkError();
                if (!last) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        }
    }

    /** What is there now: a guest may write faster than it is copied. */
    private void copy(FileChannel channel) throws IOException {
        long rest = channel.size() - channel.position();
        int count = 0;
        while (rest > 0 && count >= 0) {
            count = read(channel, channel.position(), Math.min(rest, BLOCK_BYTES));
            out.write(block.array(), 0, Math.max(0, count));
            channel.position(channel.position() + Math.max(0, count));
            rest = out.checkError() ? 0 : rest - count;
        }
        out.flush();
    }

    private int read(FileChannel channel, long position, long length) throws IOException {
        block.clear().limit((int) length);
        return channel.read(block, position);
    }

    /** Where the last lines begin. */
    private long start(FileChannel channel, long lines) throws IOException {
        if (lines == ALL) {
            return 0;
        }
        long end = channel.size();
        if (lines == 0) {
            return end;
        }
        long ends = 0;
        for (long to = end; to > 0; to = Math.max(0, to - BLOCK_BYTES)) {
            long from = Math.max(0, to - BLOCK_BYTES);
            int count = read(channel, from, to - from);
            for (int at = count - 1; at >= 0; at--) {
                // The end of the last line begins no other.
                boolean begins = block.get(at) == '\n' && from + at + 1 < end;
                if (begins && ++ends == lines) {
                    return from + at + 1;
                }
            }
        }
        return 0;
    }

    /** The last lines, without control characters: a guest may write anything. */
    static List<String> lastLines(Path file, int lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FileChannel channel = FileChannel.open(file)) {
            ConsoleFile console = new ConsoleFile(file, new PrintStream(bytes));
            long from = Math.max(console.start(channel, lines), channel.size() - BLOCK_BYTES);
            channel.position(from);
            console.copy(channel);
        } catch (IOException e) {
            return List.of();
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("\\p{Cntrl}+", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
