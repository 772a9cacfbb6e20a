package dev.cortado.runtime.file.storage.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system in a file that e2fsprogs made, for what these say of its journal. */
final class ExtImage {
    private static final int SUPERBLOCK_AT = 1024;
    private static final int INCOMPATIBLE_AT = SUPERBLOCK_AT + 0x60;
    private static final int READ_ONLY_COMPATIBLE_AT = SUPERBLOCK_AT + 0x64;
    private static final int NEEDS_RECOVERY = 0x4;
    private static final int METADATA_CHECKSUMS = 0x400;
    private static final int CHECKSUM_AT = 0x3FC;
    private static final int SECONDS = 30;

    private final Path file;
    private final int blockBytes;

    /** Skips the test if the tools are not here. */
    ExtImage(Path file, int blockBytes, String size, String... options) throws Exception {
        this.file = file;
        this.blockBytes = blockBytes;
        for (String tool : List.of("mke2fs", "debugfs", "e2fsck")) {
            assumeTrue(isHere(tool), tool + " (e2fsprogs) is not installed");
        }
        List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F", "-t", "ext4"));
        command.addAll(List.of("-b", "" + blockBytes));
        command.addAll(List.of(options));
        command.addAll(List.of(file.toString(), size));
        run("", 0, command);
    }

    private static boolean isHere(String tool) {
        return Files.isExecutable(Path.of("/usr/sbin", tool))
                || Files.isExecutable(Path.of("/sbin", tool));
    }

    private static String run(String input, int maximumExit, List<String> command)
            throws Exception {
        List<String> full = new ArrayList<>(command);
        full.set(0, (isUsr(command.getFirst()) ? "/usr/sbin/" : "/sbin/") + command.getFirst());
        Process process = new ProcessBuilder(full).redirectErrorStream(true).start();
        process.outputWriter().append(input).close();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), command.toString());
        assertTrue(process.exitValue() <= maximumExit, command + ": " + output);
        return output;
    }

    private static boolean isUsr(String tool) {
        return Files.isExecutable(Path.of("/usr/sbin", tool));
    }

    /** Gives debugfs commands; returns what it says. */
    String debugfs(String... commands) throws Exception {
        return run(
                String.join("\n", commands) + "\n",
                0,
                List.of("debugfs", "-w", "-f", "-", file.toString()));
    }

    /** Has the journal replayed. */
    void replay() throws Exception {
        run("", 1, List.of("e2fsck", "-y", "-E", "journal_only", file.toString()));
    }

    /** There is nothing to complain about. */
    void check() throws Exception {
        run("", 0, List.of("e2fsck", "-f", "-n", file.toString()));
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
    }

    void setBytes(byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    /** Where the journal's blocks are. */
    JournalBlocks journal(Storage storage, int blocks) throws Exception {
        String[] commands = new String[blocks];
        Arrays.setAll(commands, block -> "bmap <8> " + block);
        JournalBlocks places = new JournalBlocks(storage, blockBytes);
        long first = -1;
        long count = 0;
        int lines = 0;
        for (String line : debugfs(commands).lines().toList()) {
            if (line.matches("\\d+")) {
                long place = Long.parseLong(line);
                lines++;
                if (place != first + count) {
                    addExtent(places, first, count);
                    first = place;
                    count = 0;
                }
                count++;
            }
        }
        addExtent(places, first, count);
        assertEquals(blocks, lines);
        return places;
    }

    private static void addExtent(JournalBlocks places, long first, long count)
            throws FileException {
        if (count > 0) {
            places.add(first, count);
        }
    }

    /** Sets or clears the file system's word that its journal is in use. */
    static void setNeedsRecovery(byte[] image, boolean isNeeded) {
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        int features = bytes.getInt(INCOMPATIBLE_AT) & ~NEEDS_RECOVERY;
        bytes.putInt(INCOMPATIBLE_AT, isNeeded ? features | NEEDS_RECOVERY : features);
        if ((bytes.getInt(READ_ONLY_COMPATIBLE_AT) & METADATA_CHECKSUMS) != 0) {
            int checksum = Crc32c.update(~0, bytes, SUPERBLOCK_AT, CHECKSUM_AT);
            bytes.putInt(SUPERBLOCK_AT + CHECKSUM_AT, checksum);
        }
    }
}
