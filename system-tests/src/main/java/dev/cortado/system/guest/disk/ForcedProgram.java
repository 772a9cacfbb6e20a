package dev.cortado.system.guest.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Writers who force what they write, and then say so; and one who forces nothing. Each goes on
 * where the last start of the machine has left him.
 */
final class ForcedProgram {
    private static final int WRITERS = 3;
    private static final int LOOSE_FILES = 12;
    private static final int LOOSE_BYTES = 20_000;

    private final Path directory;
    private final int records;

    /**
     * @param records that each writer writes
     */
    ForcedProgram(Path directory, int records) {
        this.directory = directory;
        this.records = records;
    }

    void run() throws InterruptedException {
        Thread[] writers = new Thread[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers[i] = Thread.ofPlatform().start(() -> write(writer));
        }
        Thread loose = Thread.ofPlatform().start(() -> writeLoosely());
        for (Thread writer : writers) {
            writer.join();
        }
        loose.interrupt();
        loose.join();
    }

    private void write(int writer) {
        ForcedFiles files = new ForcedFiles(directory.resolve("writer-" + writer), writer);
        try {
            ForcedFiles.State state = files.read();
            say("found", writer, state.records() + " " + state.values());
            repair(files, state);
            for (int i = 1; i <= records; i++) {
                int number = state.records() + i;
                append(files, number);
                say("kept", writer, "" + number);
                if (number % ForcedFiles.RECORDS_A_VALUE == 0) {
                    replace(files, number / ForcedFiles.RECORDS_A_VALUE);
                }
            }
        } catch (IOException e) {
            say("failed", writer, e.toString());
        }
    }

    private static void say(String what, int writer, String how) {
        System.out.println(what + " " + writer + " " + how);
    }

    /** Nothing is left of what was cut short. */
    private static void repair(ForcedFiles files, ForcedFiles.State state) throws IOException {
        // The last record's log, or the next one, of which no record is whole.
        Path last = files.log(state.end() > 0 ? state.records() : state.records() + 1);
        if (Files.exists(last)) {
            try (FileChannel log = FileChannel.open(last, StandardOpenOption.WRITE)) {
                log.truncate(state.end());
                log.force(true);
            }
        }
        deleteOld(files, state.records());
        int due = state.records() / ForcedFiles.RECORDS_A_VALUE;
        if (due > state.values()) {
            replace(files, due);
        }
    }

    private static void append(ForcedFiles files, int number) throws IOException {
        boolean isFirst = number % ForcedFiles.IN_A_LOG == 1;
        try (FileChannel log =
                FileChannel.open(
                        files.log(number),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND)) {
            writeAll(log, files.recordBytes(number));
            log.force(false);
        }
        if (isFirst) {
            force(files.directory());
            deleteOld(files, number);
        }
    }

    /** The last two logs stay. */
    private static void deleteOld(ForcedFiles files, int number) throws IOException {
        int old = number - 2 * ForcedFiles.IN_A_LOG;
        if (old > 0) {
            Files.deleteIfExists(files.log(old));
        }
    }

    private static void replace(ForcedFiles files, int number) throws IOException {
        Path made = files.directory().resolve("new");
        try (FileChannel value =
                FileChannel.open(
                        made,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(value, files.valueBytes(number));
            value.force(false);
        }
        Files.move(made, files.value(number), StandardCopyOption.ATOMIC_MOVE);
        force(files.directory());
        say("placed", files.writer(), "" + number);
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Names are kept for good as well. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Of these files nothing is promised but that they do the others no harm. */
    private void writeLoosely() {
        Random random = new Random(directory.hashCode());
        try {
            Path loose = Files.createDirectories(directory.resolve("loose"));
            while (!Thread.interrupted()) {
                Path one = loose.resolve("" + random.nextInt(LOOSE_FILES));
                Path other = loose.resolve("" + random.nextInt(LOOSE_FILES));
                switch (random.nextInt(4)) {
                    case 0 -> Files.write(one, new byte[random.nextInt(LOOSE_BYTES)]);
                    case 1 -> Files.deleteIfExists(one);
                    case 2 -> deleteOpen(one, random.nextInt(LOOSE_BYTES));
                    default -> {
                        if (Files.exists(one)) {
                            Files.move(one, other, StandardCopyOption.REPLACE_EXISTING);
                        }
                    }
                }
                Thread.yield();
            }
        } catch (IOException e) {
            System.out.println("loose: " + e);
        }
    }

    /** A file that has no name any more, for a moment. */
    private static void deleteOpen(Path file, int bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Files.delete(file);
            writeAll(channel, new byte[bytes]);
            channel.truncate(bytes / 2);
        }
    }
}
